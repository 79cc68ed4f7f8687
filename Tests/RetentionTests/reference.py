"""Retention dates a second time, in the plainest way, from the rules in words.

    reference.py SCHEDULE.csv RECORDS.jsonl FISCAL-MONTH DEFAULT-CUTOFF COUNT-STARTING-DAY(yes|no)

prints, for every record, one line `start clock active-end due`: ISO dates, `-` where there is none, `beyond` where the
date lies behind 31 December 9999. Nothing here is taken from the Swift code. The rules:

 1. The row of a record has its classification code. A row that lists its document type goes before one that lists none.
 2. The words in the trigger column, or behind the period, say which event starts the period. No words: the date on the
    document. Of several dates of one event the latest counts. An older paper that has been replaced is no longer valid.
    "The fiscal year has ended" needs nobody to say it: the year of the record begins on the 1st of the office's month.
 3. The clock starts with the first full day behind the day of the event. With a cut-off it starts on the day behind the
    month, quarter, calendar year or fiscal year in which the event lies. An office may let the day of the event count
    where there is no cut-off; a fiscal year ends with its last day and not before.
 4. A period of years or months ends where the same day of the month comes round; where the month has no such day, on
    the 1st of the next. The record is active through the day before.
 5. The inactive period goes on from there. Where its cell names an event of its own, it starts with the later of both.
 6. The record is eligible on the day behind the last day of the inactive period.
 7. Without a date of the event nothing has started.
 8. Where the row says that drafts follow the signed plan, every signed plan (type rkt) of the dossier must have the
    event, and the latest of these and of the record's own counts.
"""

import csv
import datetime
import json
import re
import sys

ONE_DAY = datetime.timedelta(days=1)


class Beyond(Exception):
    """The date lies behind the last year that has four digits."""


def next_day(day):
    if day == datetime.date.max:
        raise Beyond()
    return day + ONE_DAY


def later(day, count, unit):
    if unit in ("hari", "minggu"):
        try:
            return day + datetime.timedelta(days=count * (7 if unit == "minggu" else 1))
        except OverflowError:
            raise Beyond()
    months = count * (12 if unit == "tahun" else 1)
    year, month = day.year, day.month
    year += (month - 1 + months) // 12
    month = (month - 1 + months) % 12 + 1
    try:
        return datetime.date(year, month, day.day)
    except ValueError:
        if year > 9999:
            raise Beyond()
    # No such day in that month, so never December.
    return datetime.date(year, month + 1, 1)


EVENTS = [
    ("tahun anggaran berakhir", "fiscal-year-ended"),
    ("keputusan lama dinyatakan tidak berlaku", "superseded"),
    ("tidak berlaku", "no-longer-valid"),
    ("kebijakan yang terbaru", "new-policy-set"),
    ("standar baru", "new-standard-set"),
    ("pemutakhiran data", "data-updated"),
    ("dipertanggungjawabkan", "activity-accounted"),
    ("hak dan kewajiban", "rights-and-duties-settled"),
    ("tindak lanjut", "follow-up-done"),
    ("pemeriksaan", "audited"),
    ("hukum tetap", "final-court-decision"),
    ("perda pertanggungjawaban", "accountability-regulation-passed"),
    ("belum ada perubahan", "changed"),
    ("masalah selesai", "matter-settled"),
    ("diterbitkan", "published"),
    ("dikompilasi", "compiled-into-programme"),
]


def event_in(words):
    for words_of_event, event in EVENTS:
        if words_of_event in words.lower():
            return event
    return None


def period_in(cell):
    found = re.match(r"\s*(\d+)\s*(hari|minggu|bulan|tahun)", cell, re.IGNORECASE)
    return (int(found.group(1)), found.group(2).lower()) if found else (0, "hari")


def fiscal_year_end(year, first_month):
    day = datetime.date(year, first_month, 1)
    while True:
        day += ONE_DAY
        if (day.month, day.day) == (first_month, 1):
            return day - ONE_DAY


def event_date(event, record, fiscal_month):
    days = []
    if event == "document-date" and record.get("date"):
        days.append(datetime.date.fromisoformat(record.get("date")))
    if event == "fiscal-year-ended":
        days.append(fiscal_year_end(record["year"], fiscal_month))
    wanted = [event] + (["superseded"] if event == "no-longer-valid" else [])
    days += [datetime.date.fromisoformat(day) for kind, day in record["events"] if kind in wanted]
    return max(days) if days else None


def behind_cutoff(day, cutoff):
    """The first day of the period behind the one that `day` lies in, found by walking."""
    if cutoff == "month":
        firsts = range(1, 13)
    elif cutoff == "quarter":
        firsts = (1, 4, 7, 10)
    elif cutoff == "year":
        firsts = (1,)
    else:
        firsts = (int(cutoff[len("fiscal-"):]),)
    day = next_day(day)
    while not (day.day == 1 and day.month in firsts):
        day = next_day(day)
    return day


def clock(day, event, cutoff, counts):
    if cutoff != "none":
        return behind_cutoff(day, cutoff)
    if counts and event != "fiscal-year-ended":
        return day
    return next_day(day)


def dates(record, row, plans, fiscal_month, default_cutoff, counts):
    def day_of(event):
        own = event_date(event, record, fiscal_month)
        if row["draf"].strip().lower() != "ya" or event == "fiscal-year-ended":
            return own
        of_plans = [event_date(event, plan, fiscal_month) for plan in plans]
        if not of_plans or None in of_plans:
            return None
        return max(of_plans + ([own] if own else []))

    cutoff = row["cutoff"].strip() or default_cutoff
    first = event_in(row["pemicu"]) or event_in(row["aktif"]) or "document-date"
    second = event_in(row["inaktif"])
    if second == first:
        second = None
    start = day_of(first)
    if start is None:
        return ["-", "-", "-", "-"]
    line = [str(start)]
    try:
        running = clock(start, first, cutoff, counts)
        line.append(str(running))
        running = later(running, *period_in(row["aktif"]))
        line.append(str(running - ONE_DAY))
        if second:
            again = day_of(second)
            if again is None:
                return line + ["-"]
            running = max(running, clock(again, second, cutoff, counts))
        line.append(str(later(running, *period_in(row["inaktif"]))))
    except Beyond:
        line += ["beyond"] * (4 - len(line))
    return line


def row_of(record, rows):
    same = [row for row in rows if row["kode"] == record["classification"]]
    for row in same:
        if record["type"] in row["types"].split():
            return row
    for row in same:
        if not row["types"].strip():
            return row
    return None


def main():
    schedule, records, fiscal_month, default_cutoff, counts = sys.argv[1:]
    with open(schedule, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(records, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    plans = {}
    for record in records:
        if record["type"] == "rkt":
            plans.setdefault(record["dossier"], []).append(record)
    for record in records:
        row = row_of(record, rows) if record.get("classification") else None
        line = ["-", "-", "-", "-"]
        if row:
            of_dossier = plans.get(record["dossier"], [])
            line = dates(record, row, of_dossier, int(fiscal_month), default_cutoff, counts == "yes")
        print(" ".join(line))


main()
