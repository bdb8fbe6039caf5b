// Draws what is to be blurred on the photo itself. The table of numbers stays what is sent: it can
// be filled in without this script, and by keyboard alone with it.

const WHOLE = 1000;
const STEP = 5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NAMES = ["left", "top", "width", "height"];
const within = (value, low, high) => Math.round(Math.min(Math.max(value, low), high));

const editor = (form) => {
  const stage = form.closest(".guest-photo").querySelector(".regions-stage");
  const body = form.querySelector("tbody");
  const add = form.querySelector(".regions-add");

  const fields = (row) => NAMES.map((name) => row.querySelector(`[name=${name}]`));
  const read = (row) => fields(row).map((field) => (field.value === "" ? NaN : +field.value));
  const write = (row, [left, top, width, height]) => {
    const x = within(left, 0, WHOLE - 1);
    const y = within(top, 0, WHOLE - 1);
    const sizes = [within(width, 1, WHOLE - x), within(height, 1, WHOLE - y)];
    fields(row).forEach((field, index) => (field.value = [x, y, ...sizes][index]));
    draw();
  };
  const clear = (row) => {
    for (const field of fields(row)) field.value = "";
    draw();
  };
  const free = () => {
    const rows = [...body.rows];
    const found = rows.find((row) => read(row).every(Number.isNaN));
    if (found) return found;
    const copy = rows.at(-1).cloneNode(true);
    body.append(copy);
    clear(copy);
    return copy;
  };

  const press = (event, row, mark) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      clear(row);
      add.focus();
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const region = read(row);
    const from = event.shiftKey ? 2 : 0;
    region[from] += arrow[0] * STEP;
    region[from + 1] += arrow[1] * STEP;
    write(row, region);
    stage.querySelector(`[data-row="${mark}"]`)?.focus();
  };

  const draw = () => {
    stage.querySelectorAll(".regions-mark").forEach((mark) => mark.remove());
    [...body.rows].forEach((row, index) => {
      const region = read(row);
      if (region.some(Number.isNaN)) return;
      const mark = Object.assign(document.createElement("button"), {
        type: "button",
        className: "regions-mark",
        ariaLabel: form.dataset.name.replace("{number}", index + 1),
      });
      mark.dataset.row = index;
      NAMES.forEach((name, number) => (mark.style[name] = `${region[number] / 10}%`));
      mark.addEventListener("keydown", (event) => press(event, row, index));
      stage.append(mark);
    });
  };

  const at = (event) => {
    const box = stage.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WHOLE,
      ((event.clientY - box.top) / box.height) * WHOLE,
    ];
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.target.matches(".regions-mark")) return;
    const [x, y] = at(event);
    const row = free();
    const pull = (move) => {
      const [to, down] = at(move);
      write(row, [Math.min(x, to), Math.min(y, down), Math.abs(to - x), Math.abs(down - y)]);
    };
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener("pointermove", pull);
    const stop = () => stage.removeEventListener("pointermove", pull);
    stage.addEventListener("pointerup", stop, { once: true });
    stage.addEventListener("pointercancel", stop, { once: true });
  });

  body.addEventListener("input", draw);
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = free();
    write(row, [400, 400, 200, 200]);
    stage.querySelector(`[data-row="${row.rowIndex - 1}"]`)?.focus();
  });
  draw();
};

document.querySelectorAll("form.regions").forEach(editor);
