"""The questions, a module each: `ask(shop, plan)` returns what was measured."""

from benchmarks.questions import adding, buying, memory, pages, queries

QUESTIONS = {
    "pages": pages.ask,
    "adding": adding.ask,
    "buying": buying.ask,
    "queries": queries.ask,
    "memory": memory.ask,
}
