"""The words everything else is said in: field, kind, feature, plan, change, layer, site, rule, check, finding, pack.

Lives here: plain immutable values and their declarations, errors a user can mend, and texts to be translated later.
May import: numpy and shapely, nothing of this project.
To add a field type: a class in `fields.py`, a column in `storage`, an editor in `ui`; a test fails until all three
know it.
"""
