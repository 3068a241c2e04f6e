"""Whether a question that stands alone loses anything when it is asked in the middle of a conversation.

    python -m tests.bench.mid_conversation --data FOLDER --questions FILE [--sample 300]

The data folder was made by `footnote index` from the documents that the questions are about. Each question is asked
alone, and again after another question of the set, taken at random. Prints how often something was carried over, and
how often the first citation is right both ways.
"""

import random
import tempfile
from pathlib import Path

import click

from qa.bootstrap import ServiceSettings, open_parts
from qa.datasets.question_set import load_question_set
from qa.evaluation.evaluation import judge


@click.command(help=__doc__)
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--questions", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--sample", default=300, show_default=True)
def main(data: Path, questions: Path, sample: int) -> None:
    examples = [example for example in load_question_set(questions).examples if example.gold and not example.turns]
    chance = random.Random(0)
    chosen = chance.sample(examples, min(sample, len(examples)))
    carried = alone_right = after_right = 0
    with (
        tempfile.TemporaryDirectory() as history,
        open_parts(ServiceSettings(data_folder=data, history_folder=Path(history), threshold=0.0)) as parts,
    ):
        for example in chosen:
            before = chance.choice([each for each in chosen if each is not example])
            conversation = parts.answerer.ask(before.question).conversation_id
            alone = parts.answerer.preview(example.question)
            after = parts.answerer.ask(example.question, conversation)
            if alone.interpreted_as != after.interpreted_as:
                carried += 1
                click.echo(f"{before.question!r}, {example.question!r}: {after.interpreted_as}")
            alone_right += judge(alone, example).first
            after_right += judge(after, example).first
    count = len(chosen)
    click.echo(f"{count} questions; something was carried over to {carried} ({carried / count:.1%})")
    click.echo(f"first citation right: alone {alone_right / count:.3f}, in mid-conversation {after_right / count:.3f}")


if __name__ == "__main__":
    main()
