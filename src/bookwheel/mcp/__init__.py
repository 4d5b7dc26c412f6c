"""What do programs that converse ask? The catalogue's tools for the Model Context Protocol, extra "mcp"."""
