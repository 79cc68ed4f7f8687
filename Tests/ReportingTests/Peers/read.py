"""Reads what Berkas prints with programs that are not Berkas's, and says as JSON what is in it.

read.py csv FILE            the records of a CSV
read.py html FILE           the elements, the words of every table cell, and the attributes of a page
read.py xlsx FILE           the sheets of a spreadsheet: cells with their types, and how they are printed (needs openpyxl)
"""
import csv
import html.parser
import json
import sys


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.tables, self.text, self.open = {}, [], [], [], []
        self.cell = None

    def handle_starttag(self, tag, attributes):
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.attributes += [[tag, name, value] for name, value in attributes]
        if tag not in ("meta", "col", "img", "br"):
            self.open.append(tag)
        if tag == "table":
            self.tables.append({"class": dict(attributes).get("class"), "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()
        if tag in ("td", "th"):
            self.tables[-1]["rows"][-1].append(self.cell)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        if "style" not in self.open:
            self.text.append(data)


def read_html(path):
    with open(path, encoding="utf-8", newline="") as file:
        page = Page()
        page.feed(file.read())
        page.close()
    assert not page.open, page.open
    return {
        "elements": page.elements,
        "attributes": page.attributes,
        "tables": page.tables,
        "text": " ".join("".join(page.text).split()),
    }


def read_xlsx(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheets = []
    for sheet in book.worksheets:
        rows = []
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                value = cell.value
                kind = {"s": "text", "n": "number", "d": "date", "f": "formula"}.get(cell.data_type, cell.data_type)
                if value is None:
                    kind, value = "empty", ""
                elif kind == "date":
                    value = value.date().isoformat()
                cells.append([kind, str(value), cell.hyperlink is not None])
            rows.append(cells)
        setup = sheet.page_setup
        sheets.append({
            "title": sheet.title,
            "rows": rows,
            "frozen": sheet.freeze_panes,
            "repeated": sheet.print_title_rows,
            "orientation": setup.orientation,
            "paper": setup.paperSize,
            "footer": (sheet.oddFooter.left.text or "") + " " + (sheet.oddFooter.right.text or ""),
        })
    return {"sheets": sheets, "title": book.properties.title, "created": book.properties.created.isoformat()}


json.dump({"csv": read_csv, "html": read_html, "xlsx": read_xlsx}[sys.argv[1]](sys.argv[2]), sys.stdout)
