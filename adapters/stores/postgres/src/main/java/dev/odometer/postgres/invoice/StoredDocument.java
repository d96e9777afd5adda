package dev.odometer.postgres.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.invoice.StoredTerms.StoredSupplier;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stored JSON form of the parties, the terms and the note of an invoice. Its names are part of the schema. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredDocument(
        StoredSupplier supplier,
        StoredParty customer,
        StoredTerms terms,
        @Nullable String description,
        @Nullable Map<String, String> metadata) {

    /** A customer as it was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredParty(
            String id,
            @Nullable String key,
            String name,
            @Nullable String description,
            @Nullable List<String> subjects,
            @Nullable String currency,
            @Nullable String email,
            @Nullable Address address,
            @Nullable String taxId,
            @Nullable String timeZone,
            @Nullable Map<String, String> metadata,
            long createdAt,
            long updatedAt,
            @Nullable Long deletedAt) {

        static StoredParty of(Customer customer) {
            return new StoredParty(
                    customer.id(),
                    customer.key(),
                    customer.name(),
                    customer.description(),
                    customer.subjectKeys(),
                    customer.currency(),
                    customer.primaryEmail(),
                    customer.billingAddress(),
                    customer.taxId(),
                    customer.timeZone() == null ? null : customer.timeZone().getId(),
                    customer.metadata(),
                    Micros.of(customer.createdAt()),
                    Micros.of(customer.updatedAt()),
                    Micros.ofNullable(customer.deletedAt()));
        }

        Customer toCustomer() {
            return new Customer(
                    id,
                    key,
                    name,
                    description,
                    Objects.requireNonNullElse(subjects, List.of()),
                    currency,
                    email,
                    address,
                    taxId,
                    timeZone == null ? null : ZoneId.of(timeZone),
                    Objects.requireNonNullElse(metadata, Map.of()),
                    new Lifecycle(
                            Micros.toInstant(createdAt),
                            Micros.toInstant(updatedAt),
                            deletedAt == null ? null : Micros.toInstant(deletedAt)));
        }
    }

    static String write(Invoice invoice) {
        return DataJson.write(new StoredDocument(
                StoredSupplier.of(invoice.parties().supplier()),
                StoredParty.of(invoice.parties().customer()),
                StoredTerms.of(invoice.terms()),
                invoice.note().description(),
                invoice.note().metadata()));
    }

    /** The document that {@link #write} stored. */
    static StoredDocument read(String json) {
        return DataJson.value(json, StoredDocument.class);
    }

    Invoice.Parties toParties() {
        return new Invoice.Parties(supplier.toSupplier(), customer.toCustomer());
    }

    /** @param voidReason is stored beside the document, which is final when the invoice is issued */
    Invoice.Note toNote(@Nullable String voidReason) {
        return new Invoice.Note(description, Objects.requireNonNullElse(metadata, Map.of()), voidReason);
    }
}
