"""`footnote`: finds the command, and turns errors into one line and an exit code.

0 done; 1 it could not be done, or a check failed; 2 the input is wrong; 130 interrupted.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec

import click

from index.errors import FootnoteError, InputError, UnavailableError
from web import __version__

# Their help, here too so that `footnote --help` need not import them.
COMMANDS = {
    "ask": "Ask one question.",
    "summarise": "Sum up documents, each in sentences of its own.",
    "chat": "Ask in a conversation, one question after another.",
    "serve": "Serve the chat page and the API, and keep the index in step with the folder.",
    "mcp": "Serve the documents to an MCP host, over standard input and output.",
    "index": "Bring the index up to date, and say what was read and what was not.",
    "add": "Copy files into the folder of documents, and index them.",
    "sources": "List the documents that are indexed.",
    "collections": "List the folders and saved filters that can be asked within.",
    "verify": "Check the citations of saved replies.",
    "eval": "Score a question file.",
    "gaps": "Tell what the documents lack, by what was asked of them.",
    "keys": "Add, list and revoke the API keys of the server.",
    "calibrate": "Fit confidence, and the threshold below which nothing is answered, to your documents.",
    "doctor": "Check the settings, the data folder and the model.",
}
EXTRA_COMMANDS = ("eval", "calibrate")
EXTRA_MODULES = ("matplotlib", "scipy")  # what `footnote[eval]` brings


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in EXTRA_COMMANDS:
            _need_extra(cmd_name)
        command: click.Command = importlib.import_module(f"web.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="footnote")
def footnote() -> None:
    """Questions answered in your documents' own words, each sentence cited to the character.

    Settings come from footnote.toml, FOOTNOTE_* variables and options, the later over the earlier; `footnote doctor`
    shows them.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    try:
        code = footnote.main(list(arguments), prog_name="footnote", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        help_line = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        return _fail(error.format_message().rstrip(".") + help_line, 2)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except InputError as error:
        return _fail(str(error), 2)
    except FootnoteError as error:
        return _fail(str(error), 1)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _need_extra(command: str) -> None:
    """Raises UnavailableError where the packages are missing that measuring and training take."""
    missing = [name for name in EXTRA_MODULES if find_spec(name) is None]
    if missing:
        raise UnavailableError(
            f"`footnote {command}` needs packages that are not installed ({', '.join(missing)}): "
            "pip install 'footnote[eval]'."
        )


def _fail(message: str, code: int) -> int:
    click.echo(f"footnote: {' '.join(message.split())}", err=True)
    return code


def main() -> None:
    """The entry point."""
    sys.exit(run(sys.argv[1:]))
