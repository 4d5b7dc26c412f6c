"""Who answers? One package or module per search engine behind the `Engine` protocol."""
