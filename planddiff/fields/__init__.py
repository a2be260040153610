"""Fields of an item: agencies, targets, deadlines, citations, themes, strength.

Each finder takes the canonical text of one item and returns mentions with spans into that text;
``planddiff.plan`` maps the spans back to the source.
"""
