package dev.odometer.documents;

import static dev.odometer.documents.UblRequirements.isBlank;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Supplier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The seller or the buyer in UBL.
 *
 * @param identifier by which the other party or an authority knows it
 * @param vatId absent if the document must not have VAT ids
 */
record UblParty(
        String name,
        @Nullable String identifier,
        @Nullable String vatId,
        @Nullable Address address,
        @Nullable String email) {

    static UblParty of(Supplier supplier, boolean hasVatIds) {
        return new UblParty(
                supplier.name(),
                isBlank(supplier.key()) && !hasVatIds ? supplier.taxId() : supplier.key(),
                hasVatIds ? supplier.taxId() : null,
                supplier.address(),
                null);
    }

    static UblParty of(Customer customer, boolean hasVatIds) {
        return new UblParty(
                customer.name(),
                Objects.requireNonNullElse(customer.key(), customer.id()),
                hasVatIds ? customer.taxId() : null,
                customer.billingAddress(),
                customer.primaryEmail());
    }

    void write(Ubl ubl) {
        ubl.in("Party", () -> {
            if (!isBlank(identifier)) {
                ubl.in("PartyIdentification", () -> ubl.optional("ID", identifier));
            }
            if (address != null) {
                ubl.in("PostalAddress", () -> write(ubl, address));
            }
            if (!isBlank(vatId)) {
                ubl.in("PartyTaxScheme", () -> {
                    ubl.optional("CompanyID", vatId);
                    ubl.taxScheme();
                });
            }
            ubl.in("PartyLegalEntity", () -> ubl.leaf("RegistrationName", name));
            String phone = address == null ? null : address.phoneNumber();
            if (!isBlank(phone) || !isBlank(email)) {
                ubl.in("Contact", () -> {
                    ubl.optional("Telephone", phone);
                    ubl.optional("ElectronicMail", email);
                });
            }
        });
    }

    private static void write(Ubl ubl, Address address) {
        ubl.optional("StreetName", address.line1());
        ubl.optional("AdditionalStreetName", address.line2());
        ubl.optional("CityName", address.city());
        ubl.optional("PostalZone", address.postalCode());
        ubl.optional("CountrySubentity", address.state());
        ubl.country(address);
    }
}
