// Joins quotes to their speakers: what is pointed at, focused or clicked lights up together with all that belongs to it.
// data-q: quotes that an element belongs to; data-s: speaker; data-o: organization.
for (const page of document.querySelectorAll(".document")) {
  const text = page.querySelector(".text");
  const parts = [...page.querySelectorAll("[data-q], [data-s], [data-o]")];
  let pinned = null;

  const related = (source) => {
    const { q, s, o } = source.dataset;
    return (part) => {
      if (q !== undefined) {
        // A quote shows itself, its cue and continuation, and everywhere its speaker is named.
        return part.dataset.q === q || (s !== undefined && part.dataset.s === s && part.dataset.q === undefined);
      }
      return (s !== undefined && part.dataset.s === s) || (o !== undefined && part.dataset.o === o);
    };
  };
  const show = (source) => {
    const belongs = source ? related(source) : () => false;
    for (const part of parts) part.classList.toggle("on", belongs(part));
    text.classList.toggle("active", Boolean(source && source.dataset.o === undefined));
  };
  const sourceOf = (event) => event.target.closest("[data-q], [data-s], [data-o]");
  const pin = (source) => {
    pinned = pinned === source ? null : source;
    show(pinned);
  };

  page.addEventListener("mouseover", (event) => show(sourceOf(event) ?? pinned));
  page.addEventListener("mouseleave", () => show(pinned));
  page.addEventListener("focusin", (event) => show(sourceOf(event) ?? pinned));
  page.addEventListener("focusout", () => show(pinned));
  page.addEventListener("click", (event) => pin(sourceOf(event)));
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pinned = null;
      show(null);
    } else if ((event.key === "Enter" || event.key === " ") && event.target.closest("[tabindex]")) {
      event.preventDefault();
      pin(sourceOf(event));
    }
  });
}
