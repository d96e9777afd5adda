package dev.odometer.views;

import dev.odometer.metering.invoice.BillingProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The apps of a billing profile in API responses. There is one, the sandbox, and it has all three roles. */
public record AppsView(App tax, App invoicing, App payment) {

    private static final String TYPE = "sandbox";
    private static final App REFERENCE = new App(BillingProfile.SANDBOX_APP_ID, TYPE, null, null, null, null, null);
    private static final App SANDBOX = new App(
            BillingProfile.SANDBOX_APP_ID,
            TYPE,
            "Sandbox",
            "ready",
            Instant.EPOCH,
            Instant.EPOCH,
            new Listing(TYPE, "Sandbox", "Issues invoices without a payment provider.", List.of(), List.of()));

    /**
     * An app, or a reference to it with its id and type.
     *
     * @param listing what the app can do
     */
    public record App(
            String id,
            String type,
            @Nullable String name,
            @Nullable String status,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Listing listing) {}

    /** The entry of a catalog of apps. */
    public record Listing(
            String type, String name, String description, List<String> capabilities, List<String> installMethods) {}

    /** @param isExpanded whether the apps have all their fields */
    public static AppsView of(boolean isExpanded) {
        App app = isExpanded ? SANDBOX : REFERENCE;
        return new AppsView(app, app, app);
    }
}
