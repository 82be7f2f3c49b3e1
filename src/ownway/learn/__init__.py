"""Learn: pages about backs and exercises, written as Markdown, each claim with its grade and its sources."""
