// The types of notification rules.

/** The names by the types of the API. */
export const RULE_TYPES = {
    "entitlements.balance.threshold": "Balance threshold",
    "entitlements.reset": "Start of a usage period",
    "meters.usage.threshold": "Usage threshold",
    "invoice.created": "Invoice created",
    "invoice.updated": "Invoice updated",
};

/** The name of a type, or the type itself if it has none. */
export const typeName = type => RULE_TYPES[type] ?? type;
