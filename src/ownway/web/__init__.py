"""The web app: pages, the live socket, and what guards them."""
