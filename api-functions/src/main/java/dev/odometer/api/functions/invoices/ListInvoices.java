package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceSearch.Between;
import dev.odometer.metering.invoice.InvoiceSearch.Order;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.InvoiceView.Shown;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists invoices, by creation by default. Gathering invoices are listed only if their status is requested. */
public final class ListInvoices implements Function<ListInvoices.Input, Page<InvoiceView>> {

    private static final int MAX_VALUES = 100;
    private static final Map<String, Order> ORDERS = Map.of(
            "customer.name", Order.CUSTOMER_NAME,
            "issuedAt", Order.ISSUED_AT,
            "status", Order.STATUS,
            "createdAt", Order.CREATED_AT,
            "updatedAt", Order.UPDATED_AT,
            "periodStart", Order.PERIOD_START);
    /** The status issuing matches nothing, because invoices are issued in one step. */
    private static final Map<String, Set<InvoiceStatus>> BY_GROUP = groups();

    private final InvoiceAccess access;
    private final CustomerLookup customers;
    private final PendingLines pending;

    ListInvoices(InvoiceAccess access, CustomerLookup customers, PendingLines pending) {
        this.access = access;
        this.customers = customers;
        this.pending = pending;
    }

    private static Map<String, Set<InvoiceStatus>> groups() {
        Map<String, Set<InvoiceStatus>> groups = Arrays.stream(InvoiceStatus.values())
                .collect(Collectors.groupingBy(InvoiceStatus::group, Collectors.toSet()));
        groups.put("issuing", Set.of());
        return groups;
    }

    /**
     * The filters, all of which must match, and the page; lists have at most 100 values and match all when absent.
     * Bounds of times are inclusive.
     *
     * @param statuses gathering, draft, issued and so on; gathering requires exactly one customer, no other status and
     *     no times
     * @param extendedStatuses such as draft.manual_approval_needed
     * @param expand lines; preceding; workflow.apps, which is always shown
     * @param customers ids
     * @param order ASC or DESC
     * @param orderBy customer.name, issuedAt, status, createdAt, updatedAt or periodStart
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            @Nullable List<@Nullable String> statuses,
            @Nullable List<@Nullable String> extendedStatuses,
            @Nullable Instant issuedAfter,
            @Nullable Instant issuedBefore,
            @Nullable Instant periodStartAfter,
            @Nullable Instant periodStartBefore,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore,
            @Nullable List<@Nullable String> expand,
            @Nullable List<@Nullable String> customers,
            @Nullable Boolean includeDeleted,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    @Override
    public Page<InvoiceView> apply(Input input) {
        Instant now = access.now();
        Shown shown = InvoiceExpansion.shown(input.expand, false, now);
        Set<String> customerIds = Bounds.texts("customers", input.customers, MAX_VALUES);
        Set<InvoiceStatus> statuses = statuses(input);
        var search = new InvoiceSearch(
                customerIds,
                statuses,
                between("issued", input.issuedAfter, input.issuedBefore),
                between("periodStart", input.periodStartAfter, input.periodStartBefore),
                between("created", input.createdAfter, input.createdBefore),
                Boolean.TRUE.equals(input.includeDeleted),
                now,
                Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "createdAt"), ORDERS),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
        if (statuses.contains(InvoiceStatus.GATHERING)) {
            return gathering(search, shown);
        }
        return statuses.isEmpty() && isFiltered(input)
                ? search.page().slice(List.of())
                : access.views(access.invoices().list(search), shown);
    }

    private static boolean isFiltered(Input input) {
        return Stream.of(input.statuses, input.extendedStatuses).anyMatch(list -> list != null && !list.isEmpty());
    }

    /** Those that both filters match; empty when there is no filter, or when none matches. */
    private static Set<InvoiceStatus> statuses(Input input) {
        Set<InvoiceStatus> matching = EnumSet.allOf(InvoiceStatus.class);
        if (!isFiltered(input)) {
            return Set.of();
        }
        Set<String> groups = Bounds.texts("statuses", input.statuses, MAX_VALUES);
        if (!groups.isEmpty()) {
            matching.retainAll(groups.stream()
                    .flatMap(group -> Bounds.choice("statuses", group, BY_GROUP).stream())
                    .toList());
        }
        Set<String> extended = Bounds.texts("extendedStatuses", input.extendedStatuses, MAX_VALUES);
        if (!extended.isEmpty()) {
            matching.retainAll(extended.stream()
                    .map(name -> Bounds.choice("extendedStatuses", name, InvoiceStatus.BY_NAME))
                    .toList());
        }
        return matching;
    }

    private static Between between(String field, @Nullable Instant from, @Nullable Instant to) {
        return new Between(
                from == null ? null : Timestamp.checked(field + "After", from),
                to == null ? null : Timestamp.checked(field + "Before", to));
    }

    private Page<InvoiceView> gathering(InvoiceSearch search, Shown shown) {
        boolean isPlain = search.issued().equals(Between.ANY)
                && search.periodStart().equals(Between.ANY)
                && search.created().equals(Between.ANY);
        if (search.statuses().size() > 1 || search.customerIds().size() != 1 || !isPlain) {
            throw Refusal.invalid(
                    "the status gathering requires exactly one customer in customers, no other status and no times");
        }
        Customer customer = customers.anyWithId(search.customerIds().iterator().next());
        List<InvoiceView> waiting = access.invoices().gathering(customer.id()).stream()
                .map(one -> InvoiceView.gathering(pending.of(one, customer, shown.now()), shown))
                .toList();
        return search.page().slice(waiting);
    }
}
