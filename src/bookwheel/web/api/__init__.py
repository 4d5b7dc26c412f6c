"""The catalogue for programs, in the shape of VuFind's API."""
