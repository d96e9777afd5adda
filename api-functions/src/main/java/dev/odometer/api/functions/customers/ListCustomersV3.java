package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.QueryFilters;
import dev.odometer.api.functions.list.PageParameters;
import dev.odometer.api.functions.list.PageV3;
import dev.odometer.api.functions.list.Sort;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.CustomerSearch.Order;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.PageRequest;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists live customers with pagination, by name by default, in version 3 of the wire API. */
public final class ListCustomersV3 implements Function<ListCustomersV3.Input, PageV3<CustomerViewV3>> {

    private static final String SUBJECT = "usage_attribution_subject_key";
    private static final Map<String, Order> ORDERS =
            Map.of("id", Order.ID, "name", Order.NAME, "created_at", Order.CREATED_AT);

    private final Customers customers;

    public ListCustomersV3(Customers customers) {
        this.customers = customers;
    }

    /**
     * The filters, the order and the page.
     *
     * @param page number and size
     * @param sort id, name or created_at, optionally with asc or desc
     * @param filter on key, name, primary_email and usage_attribution_subject_key; the latter matches the key too
     */
    public record Input(
            @Nullable Map<String, String> page,
            @Nullable String sort,
            @Nullable Map<String, String> filter) {}

    @Override
    public PageV3<CustomerViewV3> apply(Input input) {
        PageRequest page = PageParameters.numbered(input.page);
        Sort<Order> sort = Sort.parse(input.sort, ORDERS, "name");
        QueryFilters filters = QueryFilters.of(input.filter, Set.of("key", "name", "primary_email", SUBJECT));
        var search = new CustomerSearch(
                filters.text("key"),
                filters.text("name"),
                filters.text("primary_email"),
                filters.text(SUBJECT),
                false,
                sort.by(),
                sort.descending(),
                page);
        return PageV3.of(customers.list(search), CustomerViewV3::of);
    }
}
