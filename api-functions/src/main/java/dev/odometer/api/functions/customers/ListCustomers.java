package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.CustomerSearch.Order;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.views.CustomerView;
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

    public ListCustomers(Customers customers) {
        this.customers = customers;
    }

    /**
     * The filters and the page; texts match anywhere, ignoring case.
     *
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     * @param order ASC or DESC
     * @param orderBy id, name or createdAt
     * @param subject matches the key or a subject key
     * @param planKey matches no customer, because there are no subscriptions
     * @param expand only {@code subscriptions}, which has no effect
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
        CustomerSearch search = search(input);
        GetCustomer.checkExpand(input.expand);
        if (Bounds.text("planKey", input.planKey) != null) {
            return search.page().of(List.of(), 0);
        }
        return customers.list(search).map(CustomerView::of);
    }

    private static CustomerSearch search(Input input) {
        return new CustomerSearch(
                contains("key", input.key),
                contains("name", input.name),
                contains("primaryEmail", input.primaryEmail),
                contains("subject", input.subject),
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
