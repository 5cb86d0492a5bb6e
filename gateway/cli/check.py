"""`hub check`: explain an XML file against its published format."""

from pathlib import Path

import click

from gateway.contracts import explain
from gateway.kernel.errors import Finding, NotFound


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", help="Формат ИМЯ/ВЕРСИЯ, если его нельзя узнать из файла.")
def check(file: Path, format_name: str | None) -> None:
    """Проверить файл FILE и назвать каждую ошибку; код 0, если ошибок нет, иначе 1."""
    try:
        report = explain.check_file(file, format_name)
    except NotFound as error:
        raise click.UsageError(error.text) from error
    if report.valid:
        click.echo(f"{file.name}: соответствует формату {report.format}.")
        return
    click.echo(f"{file.name}: ошибок {report.total}, формат {report.format or 'не опознан'}.")
    for number, finding in enumerate(report.findings, 1):
        click.echo(_told(number, finding))
    if report.total > len(report.findings):
        click.echo(f"\nПоказаны первые {len(report.findings)} из {report.total}.")
    raise SystemExit(1)


def _told(number: int, finding: Finding) -> str:
    parts = [f"\n{number}. {finding.text}"]
    place = [f"строка {finding.line}" if finding.line else "", finding.path or ""]
    parts.append("   Место: " + ", ".join(part for part in place if part))
    if finding.value is not None:
        parts.append(f"   Значение: «{finding.value}»")
    if finding.rule:
        parts.append(f"   Правило: {finding.rule}")
    if finding.advice:
        parts.append(f"   Что сделать: {finding.advice}")
    return "\n".join(parts)
