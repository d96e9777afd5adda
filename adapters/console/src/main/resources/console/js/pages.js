// The pages of the console, in the order of the navigation. Each is loaded when it is opened first. A page module exports
// its component as default; the component gets {route}.

/** @type {Object<string, {title: string, load: function(): Promise<{default: function({route: import("./router.js").Route}): *}>}>} */
export const PAGES = {
    __proto__: null,
    overview: {title: "Overview", load: () => import("./pages/overview.js")},
    meters: {title: "Meters", load: () => import("./pages/meters.js")},
    events: {title: "Events", load: () => import("./pages/events.js")},
    customers: {title: "Customers", load: () => import("./pages/customers.js")},
    plans: {title: "Plans", load: () => import("./pages/plans.js")},
    backtest: {title: "Backtest", load: () => import("./pages/backtest.js")},
    invoices: {title: "Invoices", load: () => import("./pages/invoices.js")},
    notifications: {title: "Notifications", load: () => import("./pages/notifications.js")},
    files: {title: "Imports & exports", load: () => import("./pages/files.js")},
    settings: {title: "Settings", load: () => import("./pages/settings.js")},
};
