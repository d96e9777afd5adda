package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.BillingProfiles.Order;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists billing profiles, by creation by default. */
public final class ListBillingProfiles implements Function<ListBillingProfiles.Input, Page<ProfileView>> {

    private static final Map<String, Order> ORDERS = Map.of(
            "createdAt", Order.CREATED_AT,
            "updatedAt", Order.UPDATED_AT,
            "default", Order.DEFAULT,
            "name", Order.NAME);

    private final BillingProfiles profiles;

    ListBillingProfiles(BillingProfiles profiles) {
        this.profiles = profiles;
    }

    /**
     * The filter and the page.
     *
     * @param includeArchived deleted profiles, too
     * @param expand apps: with all fields of the apps
     * @param order ASC or DESC
     * @param orderBy createdAt, updatedAt, default or name
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            @Nullable Boolean includeArchived,
            @Nullable List<@Nullable String> expand,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    @Override
    public Page<ProfileView> apply(Input input) {
        boolean expandsApps = Expansion.APPS.isIn(input.expand);
        var search = new BillingProfiles.Search(
                Boolean.TRUE.equals(input.includeArchived),
                Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "createdAt"), ORDERS),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
        return profiles.list(search).map(profile -> ProfileView.of(profile, expandsApps));
    }
}
