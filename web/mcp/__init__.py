"""The documents for MCP hosts (Model Context Protocol, https://modelcontextprotocol.io): tools and resources.

Over streamable HTTP at /mcp of the server, and over standard input and output by `footnote mcp`.
"""
