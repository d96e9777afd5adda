package dev.odometer.api.functions.invoices;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.metering.resource.Ulid;
import java.util.Optional;

/** Finds invoices by id; a missing one is a {@code Refusal}. */
final class InvoiceLookup {

    private final Invoices invoices;

    InvoiceLookup(Invoices invoices) {
        this.invoices = invoices;
    }

    /** A stored invoice, even if it is deleted. */
    Optional<Invoice> find(String id) {
        return Optional.of(id).filter(Ulid::looksLike).flatMap(invoices::find);
    }

    /** The pending lines of a customer and currency; empty if there are none. */
    Optional<Gathering> findGathering(String id) {
        return Optional.of(id).filter(Ulid::looksLike).flatMap(invoices::findGathering);
    }

    /**
     * A stored invoice, even if it is deleted.
     *
     * @param code of the refusal of a gathering invoice
     */
    Invoice stored(String id, String code) {
        return find(id).orElseThrow(() -> findGathering(id).isPresent() ? gathering(id, code) : missing(id));
    }

    private static Refusal gathering(String id, String code) {
        return BillingProfile.refusal(code, "the action is not available in status gathering: " + id);
    }

    static Refusal missing(String id) {
        return Refusal.notFound("invoice not found: " + Refusal.quote(id));
    }
}
