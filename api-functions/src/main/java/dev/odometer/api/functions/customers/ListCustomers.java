package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.CustomerSearch.Order;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.CustomerView;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists customers with pagination, ordered by name by default. */
public final class ListCustomers implements Function<ListCustomers.Input, Page<CustomerView>> {

    private static final Map<String, Order> ORDERS =
            Map.of("id", Order.ID, "name", Order.NAME, "createdAt", Order.CREATED_AT);

    private final Customers customers;
    private final CustomerExpansion expansion;
    private final Clock clock;

    public ListCustomers(Customers customers, Subscriptions subscriptions, Clock clock) {
        this.customers = customers;
        this.expansion = new CustomerExpansion(subscriptions, clock);
        this.clock = clock;
    }

    /**
     * The filters and the page; texts match anywhere, ignoring case.
     *
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     * @param order ASC or DESC
     * @param orderBy id, name or createdAt
     * @param subject matches the key or a subject key
     * @param planKey of a plan that the customer is subscribed to now; it must be equal
     * @param expand {@code subscriptions} for the active ones
     */
    public record Input(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Boolean includeDeleted,
            @Nullable String key,
            @Nullable String name,
            @Nullable String primaryEmail,
            @Nullable String subject,
            @Nullable String planKey,
            @Nullable List<@Nullable String> expand) {}

    @Override
    public Page<CustomerView> apply(Input input) {
        boolean isExpanded = CustomerExpansion.isRequested(input.expand);
        return customers.list(search(input)).mapAll(found -> expansion.views(found, isExpanded));
    }

    private CustomerSearch search(Input input) {
        String planKey = Bounds.text("planKey", input.planKey);
        return new CustomerSearch(
                contains("key", input.key),
                contains("name", input.name),
                contains("primaryEmail", input.primaryEmail),
                contains("subject", input.subject),
                planKey == null ? null : new CustomerSearch.Subscribed(planKey, clock.instant()),
                Boolean.TRUE.equals(input.includeDeleted),
                Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "name"), ORDERS),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
    }

    private static @Nullable TextFilter contains(String field, @Nullable String text) {
        String part = Bounds.text(field, text);
        return part == null ? null : TextFilter.containingIgnoringCase(part);
    }
}
