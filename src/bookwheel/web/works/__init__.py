"""What people's things hang on: a record by its stable id, with enough of it to be known by when it is gone."""
