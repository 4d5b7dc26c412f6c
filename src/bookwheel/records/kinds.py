"""What a work is: the values of `Record.format`, VuFind's names where VuFind has one.

Formats map their own words to these, exports map these to theirs, so that no format knows of an export.
"""

ARTICLE = "Article"
BOOK = "Book"
CHAPTER = "Book Chapter"
CONFERENCE_PAPER = "Conference Paper"
PROCEEDINGS = "Conference Proceeding"
DATASET = "Dataset"
JOURNAL = "Journal"
PREPRINT = "Preprint"
REPORT = "Report"
SOFTWARE = "Software"
THESIS = "Thesis"
AUDIO = "Sound Recording"
IMAGE = "Image"
MANUSCRIPT = "Manuscript"
MAP = "Map"
SCORE = "Musical Score"
VIDEO = "Video"
WEBSITE = "Website"
OTHER = "Unknown"

KINDS = (
    ARTICLE, BOOK, CHAPTER, CONFERENCE_PAPER, PROCEEDINGS, DATASET, JOURNAL, PREPRINT, REPORT, SOFTWARE, THESIS,
    AUDIO, IMAGE, MANUSCRIPT, MAP, SCORE, VIDEO, WEBSITE, OTHER,
)  # fmt: skip
