package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscription.Status;
import dev.odometer.metering.subscription.SubscriptionSearch;
import dev.odometer.metering.subscription.SubscriptionSearch.Order;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the subscriptions of a customer that are not deleted, ordered by their start by default. */
public final class ListCustomerSubscriptions
        implements Function<ListCustomerSubscriptions.Input, Page<SubscriptionView>> {

    private static final int MAX_VALUES = 100;
    private static final Map<String, Order> ORDERS =
            Map.of("activeFrom", Order.ACTIVE_FROM, "activeTo", Order.ACTIVE_TO);
    private static final Map<String, Status> STATUSES =
            Stream.of(Status.values()).collect(Collectors.toMap(Status::wireName, Function.identity()));

    private final Subscriptions subscriptions;
    private final CustomerLookup customers;
    private final Clock clock;

    ListCustomerSubscriptions(Subscriptions subscriptions, CustomerLookup customers, Clock clock) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.clock = clock;
    }

    /**
     * The customer, which may be deleted, the filter and the page.
     *
     * @param status scheduled, active, canceled or inactive; all when absent
     * @param order ASC or DESC
     * @param orderBy activeFrom, or activeTo with those without an end last
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            String customerIdOrKey,
            @Nullable List<@Nullable String> status,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    @Override
    public Page<SubscriptionView> apply(Input input) {
        Instant now = clock.instant();
        Set<Status> statuses = Bounds.texts("status", input.status, MAX_VALUES).stream()
                .map(status -> Bounds.choice("status", status, STATUSES))
                .collect(Collectors.toSet());
        var search = new SubscriptionSearch(
                customers.any(input.customerIdOrKey).id(),
                statuses,
                now,
                Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "activeFrom"), ORDERS),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
        return subscriptions.list(search).map(subscription -> SubscriptionView.of(subscription, now));
    }
}
