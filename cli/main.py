"""The `caretable` command: reads the command line and hands over. Nothing heavy is imported before a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import forecast as forecasting_commands
from cli.doing import in_words, words
from cli.llm import DEFAULT_MODEL
from cli.orders import orders
from cli.terminal import terminal_language

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=words("help"))
sites = typer.Typer(no_args_is_help=True, help=words("help_site"))
app.add_typer(sites, name="site")
models = typer.Typer(no_args_is_help=True, help=words("help_llm"))
app.add_typer(models, name="llm")
app.add_typer(forecasting_commands.forecasts, name="forecast")
app.command(name="backtest", help=words("help_backtest"))(forecasting_commands.backtest)
app.command(name="orders", help=words("help_orders"))(orders)

Area = Annotated[str, typer.Argument(help=words("help_area"))]
Folder = Annotated[Path, typer.Argument(help=words("help_folder"))]
PlanFile = Annotated[Path, typer.Argument(help=words("help_plan"))]
RequestId = Annotated[str, typer.Argument(metavar="REQUEST", help=words("help_request"))]
Seconds = Annotated[float, typer.Option(min=0.0, max=86400.0, help=words("help_seconds"))]
Seed = Annotated[int, typer.Option(min=0, help=words("help_seed"))]
Threads = Annotated[int, typer.Option(min=1, max=2, help=words("help_threads"))]
Out = Annotated[Path | None, typer.Option(help=words("help_out"))]
Json = Annotated[bool, typer.Option("--json", help=words("help_json"))]
Changes = Annotated[Path | None, typer.Option(help=words("help_changes"))]
Reference = Annotated[Path | None, typer.Option(help=words("help_reference"))]
Now = Annotated[str | None, typer.Option(help=words("help_now"))]
Log = Annotated[Path | None, typer.Option(help=words("help_log"))]
Preset = Annotated[str | None, typer.Option(help=words("help_preset"))]


@app.command(help=words("help_solve"))
def solve(
    area: Area,
    folder: Folder,
    seconds: Seconds = 30.0,
    seed: Seed = 1,
    threads: Threads = 2,
    out: Out = None,
    changes: Changes = None,
    now: Now = None,
    preset: Preset = None,
    log: Log = None,
    as_json: Json = False,
) -> None:
    """Plan a folder."""
    with in_words():
        from cli import imaging
        from cli.areas import commands_of
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, now=now, preset=preset)
        commands_of(area).solve(
            ask, imaging.Solving(seconds=seconds, seed=seed, threads=threads, out=out, log=log, as_json=as_json)
        )


@app.command(help=words("help_check"))
def check(
    area: Area,
    folder: Folder,
    plan: PlanFile,
    changes: Changes = None,
    reference: Reference = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Check a plan against every hard rule."""
    with in_words():
        from cli.areas import commands_of
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=reference, now=now)
        raise typer.Exit(commands_of(area).check(ask, plan, as_json=as_json))


@app.command(help=words("help_replan"))
def replan(
    area: Area,
    folder: Folder,
    plan: PlanFile,
    changes: Annotated[Path, typer.Option(help=words("help_changes"))],
    seconds: Seconds = 7.0,
    seed: Seed = 1,
    threads: Threads = 2,
    out: Out = None,
    min_changes: Annotated[bool, typer.Option("--min-changes", help=words("help_min_changes"))] = False,
    now: Now = None,
    preset: Preset = None,
    log: Log = None,
    as_json: Json = False,
) -> None:
    """Plan again after changes."""
    with in_words():
        from cli import imaging
        from cli.areas import commands_of
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=plan, now=now, preset=preset)
        how = imaging.Solving(
            seconds=seconds, seed=seed, threads=threads, out=out, log=log, as_json=as_json, has_few_moves=min_changes
        )
        commands_of(area).replan(ask, how)


@app.command(help=words("help_replay"))
def replay(
    area: Area,
    folder: Folder,
    run: Annotated[Path, typer.Argument(help=words("help_run"))],
    changes: Changes = None,
    reference: Reference = None,
    now: Now = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Take the steps of an earlier run again."""
    with in_words():
        from cli import runs
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=reference, now=now)
        raise typer.Exit(runs.replay(ask, run, out=out, as_json=as_json))


@app.command(help=words("help_slots"))
def slots(
    area: Area,
    folder: Folder,
    plan: PlanFile,
    request: RequestId,
    count: Annotated[int, typer.Option(min=1, max=1000, help=words("help_count"))] = 3,
    max_moved: Annotated[int, typer.Option(min=0, max=2, help=words("help_max_moved"))] = 0,
    changes: Changes = None,
    reference: Reference = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """The cheapest places of one request."""
    with in_words():
        from cli.areas import commands_of
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=reference, now=now)
        commands_of(area).slots(ask, plan, request, count=count, max_moved=max_moved, as_json=as_json)


@app.command(help=words("help_why"))
def why(
    area: Area,
    folder: Folder,
    plan: PlanFile,
    request: RequestId,
    changes: Changes = None,
    reference: Reference = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Why a request is where it is."""
    with in_words():
        from cli import reasons
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=reference, now=now)
        reasons.why(ask, plan, request, as_json=as_json)


@app.command(name="why-not", help=words("help_why_not"))
def why_not(
    area: Area,
    folder: Folder,
    plan: PlanFile,
    request: RequestId,
    scanner: Annotated[str | None, typer.Option(help=words("help_scanner"))] = None,
    start: Annotated[str | None, typer.Option(help=words("help_start"))] = None,
    seconds: Seconds = 10.0,
    changes: Changes = None,
    reference: Reference = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Why a request is not elsewhere."""
    with in_words():
        from cli import reasons
        from cli.opening import Ask

        ask = Ask(area=area, folder=folder, changes=changes, reference=reference, now=now)
        reasons.why_not(ask, plan, request, scanner=scanner, start=start, seconds=seconds, as_json=as_json)


@sites.command(name="new", help=words("help_site_new"))
def site_new(
    name_en: Annotated[str, typer.Option(prompt=words("ask_name_en"), help=words("ask_name_en"))],
    name_zh: Annotated[str, typer.Option(prompt=words("ask_name_zh"), help=words("ask_name_zh"))],
    administrator: Annotated[str, typer.Option(prompt=words("ask_administrator"), help=words("ask_administrator"))],
    timezone: Annotated[str, typer.Option(help=words("help_timezone"))] = "Asia/Shanghai",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=words("help_password_stdin"))] = False,
) -> None:
    """An empty site with its first administrator."""
    with in_words():
        from cli.site import NewSite, new_site

        password = typer.get_text_stream("stdin").readline().rstrip("\r\n") if password_stdin else None
        new_site(
            NewSite(
                name_en=name_en,
                name_zh=name_zh,
                administrator=administrator,
                timezone=timezone,
                password=password or None,
            )
        )


@app.command(help=words("help_up"))
def up() -> None:
    """Database, broker, worker and dashboard until Ctrl-C."""
    with in_words():
        from cli.up import up as run
        from planning.settings import read_settings

        run(read_settings())


@app.command(help=words("help_migrate"))
def migrate() -> None:
    """Bring the database up to date."""
    with in_words():
        from cli.site import migrate as run

        run()


@models.command(name="serve", help=words("help_llm_serve"))
def llm_serve(
    model: Annotated[str, typer.Option(help=words("help_llm_model"))] = DEFAULT_MODEL,
    host: Annotated[str, typer.Option(help=words("help_llm_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=words("help_llm_port"))] = 8123,
) -> None:
    """The planner's model server."""
    with in_words():
        from cli.llm import serve

        raise typer.Exit(serve(model, host=host, port=port))


@app.command(name="ask", help=words("help_ask"))
def ask_(
    text: Annotated[str, typer.Argument(help=words("help_text"))],
    problem: Annotated[Path, typer.Option("--problem", help=words("help_folder"))],
    plan: Annotated[Path | None, typer.Option("--plan", help=words("help_plan"))] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """What a sentence means for a plan."""
    with in_words():
        from cli.ask import ask

        ask(text, problem=problem, plan=plan, now=now, as_json=as_json)


@app.command(help=words("help_bench"))
def bench(
    name: Annotated[str, typer.Argument(help=words("help_bench_name"))],
    data: Annotated[Path | None, typer.Option(help=words("help_bench_data"))] = None,
    seconds: Annotated[float | None, typer.Option(min=0.0, help=words("help_seconds"))] = None,
    out: Out = None,
    arrivals: Annotated[Path | None, typer.Option(help=words("help_arrivals"))] = None,
    minutes: Annotated[int | None, typer.Option(min=1, max=1440, help=words("help_minutes"))] = None,
    against: Annotated[Path | None, typer.Option(help=words("help_against"))] = None,
    only: Annotated[str | None, typer.Option(help=words("help_only"))] = None,
    requests: Annotated[Path | None, typer.Option(help=words("help_requests"))] = None,
    grounding: Annotated[Path | None, typer.Option(help=words("help_grounding"))] = None,
    as_json: Json = False,
) -> None:
    """Print figures."""
    with in_words():
        from benchmarks.command import bench as run

        raise typer.Exit(
            run(
                name,
                data=data,
                seconds=seconds,
                out=out,
                arrivals=arrivals,
                minutes=minutes,
                against=against,
                only=only,
                requests=requests,
                grounding=grounding,
                as_json=as_json,
                language=terminal_language(),
            )
        )


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
