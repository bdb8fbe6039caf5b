// Uncovers coupons' codes, and keeps them on this device until somebody forgets them; has guests
// say to the house that they want to come. Without this: plain forms, and a telephone.

const KEPT = "kept"; // {mark, codes: {coupon: {code, ends_at, gives, qr}}}: no name says what it is
const MOST_ASKED = 3;
const MINUTE = 60_000;
const PATIENCE = 15_000;
const language = document.documentElement.lang;

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (kept?.codes instanceof Object) return kept;
  } catch {
    // storage is forbidden, or has what is not ours
  }
  return { codes: {} };
};

const write = (kept) => {
  try {
    if (Object.keys(kept.codes).length) localStorage.setItem(KEPT, JSON.stringify(kept));
    else localStorage.removeItem(KEPT); // the mark, too
  } catch {
    // storage is forbidden: it lasts as long as the page
  }
};

const drawn = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(36)).join("");
const mark = () => read().mark ?? drawn;

async function ask(address, said) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language, "Device-Id": mark() };
  const request = { method: "POST", headers, body: JSON.stringify(said), credentials: "omit" };
  const answer = await fetch(address, { ...request, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) throw new Error(answer.statusText);
  return { isGood: answer.ok, found: await answer.json() };
}

const money = ({ minor }) => {
  const digits = minor % 100 ? 2 : 0;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "always" };
  return `R$\u00a0${new Intl.NumberFormat(language, options).format(minor / 100)}`; // as on the page
};

const filled = (text, values) => text.replace(/{(\w+)}/g, (_all, name) => values[name]);

const moment = (at, timeZone) => {
  const options = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat(language, options).format(new Date(at));
};

const left = (at) => {
  const minutes = Math.max(1, Math.ceil((new Date(at) - Date.now()) / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const parts = [days && `${days} d`, hours && `${hours} h`, !days && minutes % 60 && `${minutes % 60} min`];
  return parts.filter(Boolean).join(" ");
};

const refusal = ({ reasons = [], errors = [], title }) =>
  [...reasons, ...errors][0] ? [...new Set([...reasons, ...errors].map((each) => each.message))].join(" ") : title;

const chat = (link, lines) => {
  const address = new URL(link.dataset.plain ??= link.href);
  address.searchParams.set("text", [address.searchParams.get("text"), ...lines].join("\n"));
  link.href = address.href.replaceAll("+", "%20");
};

// --- a coupon's card

class Card {
  constructor(element) {
    this.element = element;
    this.form = element.querySelector("form");
    this.button = this.form.querySelector("button");
    this.field = this.form.querySelector("input");
    this.said = element.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.reveal();
    });
    this.rest();
  }

  get slug() {
    return this.element.dataset.coupon;
  }

  rest() {
    const isKept = this.slug in read().codes;
    this.ticket?.remove();
    clearInterval(this.clock);
    this.form.hidden = false;
    if (this.field) this.field.parentElement.hidden = isKept;
    this.element.classList.toggle("is-kept", isKept);
  }

  busy(isBusy) {
    this.isBusy = isBusy;
    this.button.setAttribute("aria-disabled", isBusy);
  }

  say(text) {
    this.said.textContent = text;
  }

  async reveal() {
    this.say("");
    const kept = read().codes[this.slug];
    if (kept) return this.show(kept);
    if (this.isBusy) return;
    const holder = this.field?.value.trim();
    this.busy(true);
    try {
      const { isGood, found } = await ask(this.element.dataset.reveal, {
        coupon: this.slug,
        ...(holder && { holder: { [this.field.name]: holder.slice(0, 64) } }),
      });
      if (isGood) this.keep(found);
      else this.refuse(found);
    } catch {
      this.say(this.element.dataset.away);
    } finally {
      this.busy(false);
    }
  }

  refuse(problem) {
    const next = problem.reasons?.find((each) => each.next_valid?.begins_at)?.next_valid.begins_at;
    const { next: text, zone, many } = this.element.dataset;
    const said = problem.status === 429 ? many : refusal(problem);
    this.say([said, next && filled(text, { start: moment(next, zone) })].filter(Boolean).join(" "));
    const isAboutField = problem.reasons?.some(({ code }) => /^IDENTIFIER_(REQUIRED|INVALID)$/.test(code));
    if (!isAboutField) return this.field?.removeAttribute("aria-invalid");
    this.field?.setAttribute("aria-invalid", "true");
    this.field?.focus();
  }

  keep({ code, ends_at, gives, qr }) {
    const kept = read();
    kept.mark ??= drawn;
    kept.codes[this.slug] = { code, ends_at, gives, qr };
    write(kept);
    if (this.field) {
      this.field.value = "";
      this.field.removeAttribute("aria-invalid");
    }
    this.show(kept.codes[this.slug]);
  }

  show(kept) {
    const copy = this.element.querySelector("template").content.cloneNode(true);
    this.ticket = copy.firstElementChild;
    this.ticket.querySelector(".coupon-code b").textContent = kept.code;
    this.ticket.querySelector("img").src = kept.qr;
    this.form.hidden = true;
    this.form.after(copy);
    this.tell(kept);
    this.clock = setInterval(() => this.tell(kept), MINUTE / 2);
    this.take(kept);
    this.ticket.addEventListener("click", ({ target }) => this[target.dataset.act]?.());
    this.ticket.focus();
    this.price(kept);
  }

  tell({ ends_at }) {
    const until = this.ticket.querySelector(".coupon-until");
    if (!ends_at) return until.remove();
    const values = { end: moment(ends_at, this.element.dataset.zone), left: left(ends_at) };
    until.textContent = new Date(ends_at) > Date.now() ? filled(until.dataset.text, values) : until.dataset.over;
  }

  take({ code }) {
    const link = this.ticket.querySelector(".coupon-take a.button");
    const tick = this.ticket.querySelector(".coupon-take input");
    if (!link) return;
    tick.addEventListener("change", () => chat(link, tick.checked ? [filled(link.dataset.text, { code })] : []));
  }

  async price({ code }) {
    const line = this.ticket.querySelector(".coupon-price");
    const rows = [...document.querySelectorAll("[data-suite][data-stay]")];
    rows.sort((one, other) => one.dataset.centavos - other.dataset.centavos);
    const stays = rows.map(({ dataset: { suite, stay } }) => ({ suite_type: suite, period: stay }));
    try {
      for (const stay of stays.slice(0, MOST_ASKED)) {
        const { isGood, found } = await ask(this.element.dataset.validate, { code, stay });
        if (!isGood) return;
        if (!found.reasons.some((each) => each.blocking)) return this.holds(line, found); // but for who asks
        const other = found.alternatives.find((each) => each.stay)?.stay;
        if (other) return this.suits(line, other);
      }
      const { isGood, found } = await ask(this.element.dataset.validate, { code, stay: {} });
      if (isGood) this.fails(line, found, stays.length ? line.dataset.none : "");
    } catch {
      // no price without a network; the code is there
    }
  }

  holds(line, { valid, price, total, alternatives }) {
    const isLess = total?.minor < price?.minor;
    const said = isLess ? filled(line.dataset.text, { price: money(price), total: money(total) }) : line.dataset.same;
    line.textContent = [said, valid && this.without(line, alternatives)].filter(Boolean).join(" ");
  }

  without(line, alternatives) {
    const offers = alternatives.filter((each) => each.automatic).map((each) => each.effect.text);
    return offers.length && filled(line.dataset.else, { offer: offers.join(", ") });
  }

  suits(line, { name, suite, total }) {
    line.textContent = filled(line.dataset.other, { stay: name, suite, total: money(total) });
  }

  fails(line, { reasons, alternatives }, none) {
    const blocking = reasons.filter((each) => each.blocking);
    const next = blocking.find((each) => each.next_valid?.begins_at)?.next_valid.begins_at;
    const said = blocking.length ? [refusal({ reasons: blocking })] : [none];
    if (next) said.push(filled(line.dataset.next, { start: moment(next, this.element.dataset.zone) }));
    if (blocking.length) said.push(this.without(line, alternatives));
    line.textContent = said.filter(Boolean).join(" ");
  }

  hide() {
    this.rest();
    this.button.focus();
  }

  forget() {
    const kept = read();
    delete kept.codes[this.slug];
    write(kept);
    this.hide();
    this.say(this.element.dataset.forgotten);
  }
}

// --- a suite's booking

class Booking {
  constructor(element) {
    this.element = element;
    element.addEventListener("toggle", () => this.begin(), { once: true });
  }

  begin() {
    this.element.querySelector(".booking-plain").replaceWith(this.element.querySelector("template").content.cloneNode(true));
    this.form = this.element.querySelector("form");
    this.said = this.element.querySelector("[role=status]");
    const [coupon] = Object.values(read().codes).filter(({ ends_at }) => !ends_at || new Date(ends_at) > Date.now());
    const tick = this.form.elements.coupon;
    this.code = coupon?.code;
    if (coupon) tick.nextElementSibling.textContent += ` (${coupon.gives})`;
    else tick.parentElement.remove();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async send() {
    if (this.isBusy) return;
    this.isBusy = true;
    const { stay, hours, coupon } = this.form.elements;
    const arrival = new Date(Date.now() + hours.value * 60 * MINUTE).toISOString();
    const code = coupon?.checked ? this.code : undefined;
    const said = { suite_type: this.element.dataset.suite, period: stay.value };
    if (hours.value > 0) said.arrival = arrival;
    try {
      const { isGood, found } = await ask(this.element.dataset.book, { stay: said, ...(code && { code }) });
      if (isGood) this.done(found, code);
      else this.said.textContent = refusal(found);
    } catch {
      this.said.textContent = this.element.dataset.away;
    } finally {
      this.isBusy = false;
    }
  }

  done(found, code) {
    const { text, code: withCode, without, later } = this.form.dataset;
    const why = found.reasons.some((each) => each.blocking) ? filled(without, { why: refusal(found) }) : later;
    const result = this.element.querySelector(".booking-done");
    result.querySelector("b").textContent = found.reference;
    result.querySelector(".booking-total").textContent = [money(found.total), found.reasons.length && why].filter(Boolean).join(". ");
    const lines = [filled(text, { reference: found.reference }), code && filled(withCode, { code })];
    const link = result.querySelector("a.button");
    if (link) chat(link, lines.filter(Boolean));
    this.form.hidden = true;
    result.hidden = false;
    result.focus();
  }
}

for (const element of document.querySelectorAll("[data-coupon]")) new Card(element);
for (const element of document.querySelectorAll("[data-book]")) new Booking(element);
