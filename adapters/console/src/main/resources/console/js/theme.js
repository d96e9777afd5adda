// Runs before the first paint, so that a chosen theme does not flash. It is a classic script for that reason.
(() => {
    let theme = null;
    try {
        theme = localStorage.getItem("odometer.theme");
    } catch {
        // Storage is disabled: the theme of the system applies.
    }
    if (theme === "light" || theme === "dark") {
        document.documentElement.dataset.theme = theme;
    }
})();
