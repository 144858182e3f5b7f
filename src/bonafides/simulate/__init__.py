"""Synthetic worlds: invented companies and people in the vendors' raw formats, with the truth beside them."""
