"""Draws signed revisions and whole files, and says where they differ outside of the rectangles that may.

Words: `pdfium`, `mupdf` or `poppler`, and a file of JSON: a list of `file`, `end`, and `rectangles` with `page`, `left`,
`top`, `right`, `bottom` in parts of the page. Prints JSON: a list of what differs, in words.
"""
import io
import json
import subprocess
import sys

SIDE = 400


def pdfium(data):
    import pypdfium2
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    pages = []
    for page in document:
        bitmap = page.render(scale=SIDE / max(page.get_size()), grayscale=True, may_draw_forms=True)
        rows = bytes(bitmap.buffer)
        pages.append((bitmap.width, bitmap.height,
                      b"".join(rows[i * bitmap.stride:i * bitmap.stride + bitmap.width] for i in range(bitmap.height))))
    return pages


def mupdf(data):
    import pymupdf
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pages = []
    for page in pymupdf.open(stream=data, filetype="pdf"):
        scale = SIDE / max(page.rect.width, page.rect.height)
        picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY)
        rows = picture.samples
        pages.append((picture.width, picture.height, b"".join(
            rows[i * picture.stride:i * picture.stride + picture.width] for i in range(picture.height))))
    return pages


def poppler(data):
    made = subprocess.run(["pdftoppm", "-gray", "-scale-to", str(SIDE), "-"], input=data, capture_output=True, check=True)
    stream, pages = io.BytesIO(made.stdout), []
    while stream.readline():
        width, height = map(int, stream.readline().split())
        stream.readline()
        pages.append((width, height, stream.read(width * height)))
    return pages


def differs(before, after, rectangles):
    if before[:2] != after[:2]:
        return True
    width, height = before[:2]
    for row in range(height):
        left, right = before[2][row * width:(row + 1) * width], after[2][row * width:(row + 1) * width]
        if left == right:
            continue
        for column in range(width):
            if abs(left[column] - right[column]) > 16 and not any(
                    r["left"] * width - 3 <= column <= r["right"] * width + 3
                    and r["top"] * height - 3 <= row <= r["bottom"] * height + 3 for r in rectangles):
                return True
    return False


def main():
    draw = {"pdfium": pdfium, "mupdf": mupdf, "poppler": poppler}[sys.argv[1]]
    found = []
    with open(sys.argv[2]) as file:
        items = json.load(file)
    for item in items:
        with open(item["file"], "rb") as file:
            data = file.read()
        before, after = draw(data[:item["end"]]), draw(data)
        if len(before) != len(after):
            found.append(f"{item['file']}: another number of pages")
            continue
        for number, (one, other) in enumerate(zip(before, after)):
            if differs(one, other, [r for r in item["rectangles"] if r["page"] == number]):
                found.append(f"{item['file']}: page {number + 1}")
    print(json.dumps(found))


main()
