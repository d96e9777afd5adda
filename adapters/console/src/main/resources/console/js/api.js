// The only place with routes of the API. A test compares the table with the routes of the service.
import {currentKey, refused} from "./session.js";

/** The routes that the console calls, by the name of the function. */
export const ROUTES = {
    describeApi: "GET /api/openapi.json",

    ingestEvents: "POST /api/v1/events",
    listEvents: "GET /api/v1/events",
    listEventsV2: "GET /api/v2/events",
    listDeadLetters: "GET /api/v1/dead-letters",

    listMeters: "GET /api/v1/meters",
    createMeter: "POST /api/v1/meters",
    getMeter: "GET /api/v1/meters/{meterIdOrSlug}",
    listMeterSubjects: "GET /api/v1/meters/{meterIdOrSlug}/subjects",
    listMeterGroupByValues: "GET /api/v1/meters/{meterIdOrSlug}/group-by/{groupByKey}/values",
    queryUsage: "POST /api/v1/meters/{meterIdOrSlug}/query",

    listCustomers: "GET /api/v1/customers",
    createCustomer: "POST /api/v1/customers",
    getCustomer: "GET /api/v1/customers/{customerIdOrKey}",
    updateCustomer: "PUT /api/v1/customers/{customerIdOrKey}",
    deleteCustomer: "DELETE /api/v1/customers/{customerIdOrKey}",
    listCustomerSubscriptions: "GET /api/v1/customers/{customerIdOrKey}/subscriptions",

    listFeatures: "GET /api/v1/features",
    createFeature: "POST /api/v1/features",
    createEntitlement: "POST /api/v2/customers/{customerIdOrKey}/entitlements",
    listEntitlementsV2: "GET /api/v2/customers/{customerIdOrKey}/entitlements",
    getEntitlementValue: "GET /api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}/value",
    listGrantsV2: "GET /api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}/grants",
    createGrant: "POST /api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}/grants",
    resetEntitlementUsage: "POST /api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}/reset",

    listPlans: "GET /api/v1/plans",
    createPlan: "POST /api/v1/plans",
    getPlan: "GET /api/v1/plans/{planId}",
    publishPlan: "POST /api/v1/plans/{planId}/publish",
    archivePlan: "POST /api/v1/plans/{planId}/archive",
    createSubscription: "POST /api/v1/subscriptions",
    getSubscription: "GET /api/v1/subscriptions/{subscriptionId}",
    changeSubscription: "POST /api/v1/subscriptions/{subscriptionId}/change",
    migrateSubscription: "POST /api/v1/subscriptions/{subscriptionId}/migrate",
    cancelSubscription: "POST /api/v1/subscriptions/{subscriptionId}/cancel",
    unscheduleCancelation: "POST /api/v1/subscriptions/{subscriptionId}/unschedule-cancelation",
    deleteSubscription: "DELETE /api/v1/subscriptions/{subscriptionId}",
    simulateInvoice: "POST /api/v1/billing/customers/{customerId}/invoices/simulate",
    backtestPrices: "POST /api/v1/billing/backtests",

    listInvoices: "GET /api/v1/billing/invoices",
    invoicePendingLines: "POST /api/v1/billing/invoices/invoice",
    createPendingInvoiceLines: "POST /api/v1/billing/customers/{customerId}/invoices/pending-lines",
    previewInvoice: "POST /api/v1/billing/customers/{customerId}/invoices/preview",
    getInvoice: "GET /api/v1/billing/invoices/{invoiceId}",
    deleteInvoice: "DELETE /api/v1/billing/invoices/{invoiceId}",
    advanceInvoice: "POST /api/v1/billing/invoices/{invoiceId}/advance",
    approveInvoice: "POST /api/v1/billing/invoices/{invoiceId}/approve",
    retryInvoice: "POST /api/v1/billing/invoices/{invoiceId}/retry",
    snapshotQuantitiesInvoice: "POST /api/v1/billing/invoices/{invoiceId}/snapshot-quantities",
    voidInvoice: "POST /api/v1/billing/invoices/{invoiceId}/void",
    proveInvoiceLine: "GET /api/v1/billing/invoices/{invoiceId}/lines/{lineId}/proof",
    listBillingProfiles: "GET /api/v1/billing/profiles",
    getBillingProfile: "GET /api/v1/billing/profiles/{id}",

    listNotificationChannels: "GET /api/v1/notification/channels",
    createNotificationChannel: "POST /api/v1/notification/channels",
    getNotificationChannel: "GET /api/v1/notification/channels/{channelId}",
    updateNotificationChannel: "PUT /api/v1/notification/channels/{channelId}",
    deleteNotificationChannel: "DELETE /api/v1/notification/channels/{channelId}",
    listNotificationRules: "GET /api/v1/notification/rules",
    createNotificationRule: "POST /api/v1/notification/rules",
    getNotificationRule: "GET /api/v1/notification/rules/{ruleId}",
    updateNotificationRule: "PUT /api/v1/notification/rules/{ruleId}",
    deleteNotificationRule: "DELETE /api/v1/notification/rules/{ruleId}",
    testNotificationRule: "POST /api/v1/notification/rules/{ruleId}/test",
    listNotificationEvents: "GET /api/v1/notification/events",
    getNotificationEvent: "GET /api/v1/notification/events/{eventId}",
    resendNotificationEvent: "POST /api/v1/notification/events/{eventId}/resend",

    listImports: "GET /api/v1/imports",
    getImport: "GET /api/v1/imports/{importId}",
    listExports: "GET /api/v1/exports",
    exportUsage: "POST /api/v1/exports",
    getExport: "GET /api/v1/exports/{exportId}",

    createPortalToken: "POST /api/v1/portal/tokens",
    listPortalTokens: "GET /api/v1/portal/tokens",
    invalidatePortalTokens: "POST /api/v1/portal/tokens/invalidate",
    queryPortalMeter: "GET /api/v1/portal/meters/{meterSlug}/query",
    listPortalMeters: "GET /api/v1/portal/meters",
    getPortalAccess: "GET /api/v1/portal/access",
    listPortalInvoices: "GET /api/v1/portal/invoices",
    getPortalInvoice: "GET /api/v1/portal/invoices/{invoiceId}",
};

const TIMEOUT_MILLIS = 120_000;

/** The POST requests that can be repeated: they change nothing, or the API deduplicates what they send. */
const REPEATABLE = new Set([
    "ingestEvents", "queryUsage", "simulateInvoice", "previewInvoice", "backtestPrices", "invalidatePortalTokens",
]);

/** An answer that is not a success. The message is the sentence of the problem document. */
export class ApiError extends Error {
    /** @param {number} status 0 if there was no answer. @param {object} problem the problem document, or {} */
    constructor(status, message, problem = {}) {
        super(message);
        this.status = status;
        this.problem = problem;
    }

    /** The violated rules of `extensions.validationErrors`: [{field, code, message}]. */
    get violations() {
        return this.problem.extensions?.validationErrors ?? [];
    }
}

/** Fills the path from the parameters and puts the others into the query. An array is a repeated parameter. */
function target(route, parameters) {
    const [method, template] = ROUTES[route].split(" ");
    const rest = {...parameters};
    const path = template.replace(/\{(\w+)}/g, (_, name) => {
        const value = rest[name];
        delete rest[name];
        if (value === undefined || value === null || value === "") {
            throw new Error(`${route} needs ${name}`);
        }
        return encodeURIComponent(value);
    });
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries(rest)) {
        for (const value of [values].flat()) {
            if (value !== undefined && value !== null && value !== "") {
                query.append(name, value);
            }
        }
    }
    const search = query.toString();
    // Relative to the page, so that a proxy can serve both below a path.
    return {method, path, url: new URL(path.slice(1) + (search ? "?" + search : ""), new URL(".", document.baseURI))};
}

/** Keeps numbers that lose digits in a double as texts, where the browser shows the source to the reviver. */
function exact(_name, value, context) {
    if (typeof value === "number" && context?.source.length > 15 && String(value) !== context.source) {
        return context.source;
    }
    return value;
}

/** Keeps every number as it was written, so that JSON.stringify writes the same digits. For JSON to show or to send back. */
function verbatim(_name, value, context) {
    return typeof value === "number" && String(value) !== context?.source ? decimal(context?.source, value) : value;
}

/** A number of JSON with all the digits of its text. @throws {SyntaxError} if the text is not a number of JSON */
export function decimal(text, otherwise = Number(text)) {
    if (typeof JSON.parse(text ?? "0") !== "number") {
        throw new SyntaxError("not a number");
    }
    return text !== undefined && JSON.rawJSON ? JSON.rawJSON(text) : otherwise;
}

async function problemOf(response) {
    const text = await response.text();
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}

async function failure(response) {
    const problem = await problemOf(response);
    const sentence = problem.detail || problem.title || response.statusText || "no reason given";
    const wait = response.headers.get("Retry-After");
    return new ApiError(response.status, wait ? `${sentence} (try again in ${wait} s)` : sentence, problem);
}

/** The network does not tell whether a request without an answer was carried out. */
function unansweredText(isLate, isRepeatable) {
    const what = isLate ? "The API did not respond within two minutes." : "The API does not respond.";
    if (!isRepeatable) {
        return what + " The change may have been made: check before you repeat it.";
    }
    return what + (isLate ? " Try again." : " Check that the service is running, then try again.");
}

/**
 * Sends a request and returns the response.
 * @param {keyof ROUTES} route
 * @param {Object<string, *>} [parameters] of the path and of the query
 * @param {{body?: *, accept?: string, type?: string, token?: string, signal?: AbortSignal}} [options] body: JSON, or its
 *     text. type: the media type of the body. token: instead of the API key
 * @throws {ApiError}
 */
export async function send(route, parameters = {}, {body, accept, type, token, signal} = {}) {
    const {method, path, url} = target(route, parameters);
    if (!url.pathname.endsWith(path)) {
        // An address cannot contain "." or ".." as an id, even encoded: the request would go to another route.
        throw new ApiError(0, "“.” and “..” cannot be part of an address of the API. Use the id.");
    }
    const credential = token ?? currentKey();
    const headers = {Accept: accept ?? "application/json"};
    if (credential) {
        headers.Authorization = "Bearer " + credential;
    }
    if (body !== undefined) {
        headers["Content-Type"] = type ?? "application/json";
    }
    const timeout = AbortSignal.timeout(TIMEOUT_MILLIS);
    let response;
    try {
        response = await fetch(url, {
            method,
            headers,
            body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
            signal: signal && AbortSignal.any ? AbortSignal.any([signal, timeout]) : signal ?? timeout,
            credentials: "omit",
            cache: "no-store",
            referrerPolicy: "no-referrer",
        });
    } catch (unanswered) {
        if (signal?.aborted) {
            throw unanswered;
        }
        throw new ApiError(0, unansweredText(unanswered.name === "TimeoutError", method !== "POST" || REPEATABLE.has(route)));
    }
    if (response.status === 401 && !token) {
        refused(currentKey() === credential ? credential : undefined);
    }
    if (!response.ok) {
        throw await failure(response);
    }
    return response;
}

async function call(route, parameters, options) {
    const response = await send(route, parameters, options);
    const text = await response.text();
    try {
        return text === "" ? null : JSON.parse(text, options?.verbatim ? verbatim : exact);
    } catch {
        throw new ApiError(0, "The answer is not JSON. Check that the server of this page routes /api/* to the service.");
    }
}

/**
 * The functions of the API: `await api.getMeter({meterIdOrSlug: "tokens"})`, `await api.createMeter({}, {body: {…}})`.
 * Parameters that the path does not have are the query. See send for the options; with `verbatim: true` the answer keeps
 * the digits of all numbers for JSON.stringify.
 * @type {Object<keyof ROUTES, function(object=, object=): Promise<*>>}
 */
export const api = Object.fromEntries(
    Object.keys(ROUTES).map(route => [route, (parameters, options) => call(route, parameters, options)]));

/** The address of a request that is sent without a key, to open it in a tab of its own. */
export function address(route, parameters = {}) {
    return target(route, parameters).url.href;
}

/**
 * Whether the service is ready, as its health check tells.
 * @returns {Promise<{status: string, reason?: string}|null>} null on a platform without this check
 */
export async function health(signal) {
    let response;
    try {
        response = await fetch(new URL("healthz", new URL(".", document.baseURI)), {signal, credentials: "omit", cache: "no-store"});
    } catch (unanswered) {
        if (signal?.aborted) {
            throw unanswered;
        }
        throw new ApiError(0, "The health check does not respond. Check that the service is running, then try again.");
    }
    return response.headers.get("Content-Type")?.startsWith("application/json") ? response.json() : null;
}

/** Saves an answer, such as CSV, as a file. The key is sent in a header, so a link cannot do this. */
export async function download(route, parameters, {filename, ...options}) {
    const blob = await (await send(route, parameters, options)).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function quoted(text) {
    return "'" + text.replaceAll("'", "'\\''") + "'";
}

/** The curl command of a request, to copy. It names a variable where it needs the key. */
export function curl(route, parameters = {}, {body, type, accept} = {}) {
    const {method, url} = target(route, parameters);
    const words = ["curl"];
    if (method !== "GET" && !(method === "POST" && body !== undefined)) {
        words.push("-X", method);
    }
    if (currentKey()) {
        words.push("-H", '"Authorization: Bearer $ODOMETER_KEY"');
    }
    if (accept) {
        words.push("-H", quoted("Accept: " + accept));
    }
    if (body !== undefined) {
        words.push("-H", quoted("Content-Type: " + (type ?? "application/json")));
    }
    words.push(quoted(url.href));
    if (body !== undefined) {
        words.push("-d", quoted(typeof body === "string" ? body : JSON.stringify(body)));
    }
    return words.join(" ");
}
