"""Text to cleaned text to proposals, each with its exact place in the source."""
