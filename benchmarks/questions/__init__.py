"""The questions, a module each: `ask(shop, plan)` returns what was measured."""

from benchmarks.questions import adding, buying, flash, kept, memory, pages, placing, queries

QUESTIONS = {
    "pages": pages.ask,
    "kept": kept.ask,
    "adding": adding.ask,
    "buying": buying.ask,
    "flash": flash.ask,
    "placing": placing.ask,
    "queries": queries.ask,
    "memory": memory.ask,
}
