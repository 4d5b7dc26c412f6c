"""An interpreter of the Citation Style Language, version 1.0.2: a style file and an item become a citation.

A style is compiled once into plain functions (`style.py`); each takes one item through them. What is left out on
purpose, because one record stands alone: telling works of one year apart (2012a), collapsing and "ibid.".

Source of the rules: https://docs.citationstyles.org/en/v1.0.2/specification.html and its suite of examples.
"""
