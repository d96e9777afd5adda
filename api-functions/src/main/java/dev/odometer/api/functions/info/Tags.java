package dev.odometer.api.functions.info;

import java.util.Map;

/** The groups of operations in the OpenAPI document. */
final class Tags {

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("api", "The description of the API."),
            Map.entry("apps", "Reports of external payment systems."),
            Map.entry("billing", "Billing profiles, invoices, simulations and backtests."),
            Map.entry("costs", "The cost of the deployment's own invocations."),
            Map.entry("customers", "Customers, their entitlements and their access to features."),
            Map.entry("dead-letters", "Messages that can never be processed."),
            Map.entry("debug", "Counts of events for monitoring."),
            Map.entry("entitlements", "Entitlements of all customers."),
            Map.entry("events", "Usage events: ingest and search."),
            Map.entry("exports", "Exports of usage to files."),
            Map.entry("features", "Features, which entitlements and rate cards refer to."),
            Map.entry("grants", "Grants of all entitlements."),
            Map.entry("imports", "Imports of files with events."),
            Map.entry("info", "Currencies, and the progress of queries."),
            Map.entry("meters", "Meters, and queries of their usage."),
            Map.entry("notification", "Channels, rules and events of notifications."),
            Map.entry("plans", "Plans with their prices, in versions."),
            Map.entry("portal", "Usage, access and invoices for the browser of a customer, and the tokens for it."),
            Map.entry("subjects", "Subjects of events, and their entitlements."),
            Map.entry("subscriptions", "Subscriptions of customers to plans."));

    private Tags() {}

    /** The tag with its description; without one if the group has none, which a test reports. */
    static Map<String, Object> described(String tag) {
        String description = DESCRIPTIONS.get(tag.replace(Operation.VERSION_3, ""));
        return description == null ? Map.of("name", tag) : Map.of("name", tag, "description", description);
    }
}
