package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The party that pays for the usage of the subjects that equal its key or one of its subject keys.
 *
 * @param id a ULID
 * @param key free text of 1 to 256 characters, unique among live customers' keys, ids and subject keys
 * @param subjectKeys in the order given; each belongs to at most one live customer
 * @param currency three capital letters
 * @param taxId the VAT id, 1 to 32 characters
 * @param timeZone the time zone of the billing periods of its new subscriptions; absent for UTC
 */
public record Customer(
        String id,
        @Nullable String key,
        String name,
        @Nullable String description,
        List<String> subjectKeys,
        @Nullable String currency,
        @Nullable String primaryEmail,
        @Nullable Address billingAddress,
        @Nullable String taxId,
        @Nullable ZoneId timeZone,
        Map<String, String> metadata,
        Lifecycle lifecycle)
        implements Resource {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_TEXT_LENGTH = 1024;
    private static final int MAX_TAX_ID_LENGTH = 32;
    private static final int MAX_SUBJECTS = 1000;

    /** @throws Refusal when a field is invalid */
    public Customer {
        text("name", name, MAX_NAME_LENGTH);
        text("key", key, MAX_NAME_LENGTH);
        text("description", description, MAX_TEXT_LENGTH);
        text("primaryEmail", primaryEmail, MAX_TEXT_LENGTH);
        text("taxId.code", taxId, MAX_TAX_ID_LENGTH);
        metadata = Metadata.checked(metadata);
        if (subjectKeys.stream().anyMatch(Objects::isNull)) {
            throw Refusal.invalid("usageAttribution.subjectKeys must be strings, not null");
        }
        subjectKeys = List.copyOf(new LinkedHashSet<>(subjectKeys));
        if (subjectKeys.size() > MAX_SUBJECTS) {
            throw Refusal.invalid("usageAttribution.subjectKeys must have at most " + MAX_SUBJECTS + " keys");
        }
        subjectKeys.forEach(subject -> text("usageAttribution.subjectKeys", subject, MAX_NAME_LENGTH));
        if (key == null && subjectKeys.isEmpty()) {
            throw Refusal.invalid("a customer needs a key or at least one subject key");
        }
        if (currency != null && !CURRENCY.matcher(currency).matches()) {
            throw Refusal.invalid("currency must be three capital letters: " + Refusal.quote(currency));
        }
        if (primaryEmail != null && primaryEmail.indexOf('@') < 1) {
            throw Refusal.invalid("primaryEmail must be an e-mail address: " + Refusal.quote(primaryEmail));
        }
    }

    static void text(String field, @Nullable String value, int maxLength) {
        if (value != null) {
            Text.checked(field, value, maxLength);
        }
    }

    /** The subjects whose usage belongs to this customer. */
    public Set<String> subjects() {
        var subjects = new LinkedHashSet<>(subjectKeys);
        if (key != null) {
            subjects.add(key);
        }
        return subjects;
    }

    /** The time zone of the billing periods of its new subscriptions. */
    public ZoneId zone() {
        return Objects.requireNonNullElse(timeZone, ZoneOffset.UTC);
    }

    /** This customer with a currency, if it had none. */
    public Customer billedIn(String code, Instant at) {
        return new Customer(
                id,
                key,
                name,
                description,
                subjectKeys,
                code,
                primaryEmail,
                billingAddress,
                taxId,
                timeZone,
                metadata,
                lifecycle.changed(at));
    }

    /** This customer with another name, tax id and address, as on an invoice. */
    public Customer named(String other, @Nullable String otherTaxId, @Nullable Address address) {
        return new Customer(
                id,
                key,
                other,
                description,
                subjectKeys,
                currency,
                primaryEmail,
                address,
                otherTaxId,
                timeZone,
                metadata,
                lifecycle);
    }

    /** The refusal to delete it while it has a subscription. */
    public Refusal subscribed(String subscriptionId) {
        return Refusal.conflict(
                "customer has a subscription that has not ended; cancel or delete it first: " + subscriptionId,
                subscriptionId);
    }

    public Customer deleted(Instant at) {
        return new Customer(
                id,
                key,
                name,
                description,
                subjectKeys,
                currency,
                primaryEmail,
                billingAddress,
                taxId,
                timeZone,
                metadata,
                lifecycle.deleted(at));
    }
}
