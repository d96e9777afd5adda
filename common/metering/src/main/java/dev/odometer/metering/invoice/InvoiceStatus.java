package dev.odometer.metering.invoice;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status of an invoice. The extended name in the API is the status and, after a dot, its detail. */
public enum InvoiceStatus {
    GATHERING("gathering"),
    DRAFT_CREATED("draft.created"),
    DRAFT_WAITING_FOR_COLLECTION("draft.waiting_for_collection"),
    DRAFT_COLLECTING("draft.collecting"),
    DRAFT_MANUAL_APPROVAL_NEEDED("draft.manual_approval_needed"),
    DRAFT_WAITING_AUTO_APPROVAL("draft.waiting_auto_approval"),
    DRAFT_READY_TO_ISSUE("draft.ready_to_issue"),
    DELETED("deleted"),
    ISSUED("issued"),
    PAYMENT_FAILED("payment_processing.failed"),
    PAYMENT_ACTION_REQUIRED("payment_processing.action_required"),
    PAID("paid"),
    OVERDUE("overdue"),
    UNCOLLECTIBLE("uncollectible"),
    VOIDED("voided");

    /** By the extended name in the API. */
    public static final Map<String, InvoiceStatus> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(InvoiceStatus::extendedName, one -> one));

    private final String extendedName;

    InvoiceStatus(String extendedName) {
        this.extendedName = extendedName;
    }

    public String extendedName() {
        return extendedName;
    }

    /** The part of the name before the dot. */
    public String group() {
        int dot = extendedName.indexOf('.');
        return dot < 0 ? extendedName : extendedName.substring(0, dot);
    }

    @Override
    public String toString() {
        return extendedName.toLowerCase(Locale.ROOT);
    }
}
