"""What is nearest in meaning? A sentence model, the vectors of the records, and hits put in order with both.

Optional: needs the extra `semantic` and the setting of that name. Nothing here is imported without them.
`docs/decisions/0005-meaning-offline.md` says why it is as it is, `docs/semantic.md` what it brings and costs.
"""
