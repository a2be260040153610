"""The formats, one file each; the registry finds every module that lies here."""
