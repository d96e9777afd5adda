package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.BillingProfiles.Assignment;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists customers with the billing profiles that apply to them, by customer id. */
public final class ListCustomerOverrides implements Function<ListCustomerOverrides.Input, Page<CustomerOverrideView>> {

    private static final int MAX_VALUES = 100;

    private final BillingProfiles profiles;
    private final Customers customers;

    ListCustomerOverrides(BillingProfiles profiles, Customers customers) {
        this.profiles = profiles;
        this.customers = customers;
    }

    /**
     * The filters and the page; lists have at most 100 values and match all when absent.
     *
     * @param billingProfile ids of profiles
     * @param customersWithoutPinnedProfile only customers that have the default profile
     * @param includeAllCustomers customers without an override, too; true when absent
     * @param customerId ids
     * @param customerName a part of the name
     * @param customerKey a part of the key
     * @param customerPrimaryEmail a part of the address
     * @param expand apps: with all fields of the apps; customer: with the customers
     * @param order ASC or DESC
     * @param orderBy customerId
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            @Nullable List<@Nullable String> billingProfile,
            @Nullable Boolean customersWithoutPinnedProfile,
            @Nullable Boolean includeAllCustomers,
            @Nullable List<@Nullable String> customerId,
            @Nullable String customerName,
            @Nullable String customerKey,
            @Nullable String customerPrimaryEmail,
            @Nullable List<@Nullable String> expand,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    @Override
    public Page<CustomerOverrideView> apply(Input input) {
        Set<Expansion> expanded = Expansion.of(input.expand);
        Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "customerId"), Map.of("customerId", true));
        var search = new BillingProfiles.AssignmentSearch(
                Bounds.texts("billingProfile", input.billingProfile, MAX_VALUES),
                Boolean.TRUE.equals(input.customersWithoutPinnedProfile),
                !Boolean.FALSE.equals(input.includeAllCustomers)
                        || Boolean.TRUE.equals(input.customersWithoutPinnedProfile),
                Bounds.texts("customerId", input.customerId, MAX_VALUES),
                Bounds.text("customerName", input.customerName),
                Bounds.text("customerKey", input.customerKey),
                Bounds.text("customerPrimaryEmail", input.customerPrimaryEmail),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
        return profiles.assignments(search).mapAll(found -> views(found, expanded));
    }

    private List<CustomerOverrideView> views(List<Assignment> found, Set<Expansion> expanded) {
        Map<String, Customer> byId = expanded.contains(Expansion.CUSTOMER)
                ? customers.findByIds(found.stream().map(Assignment::customerId).toList()).stream()
                        .collect(Collectors.toMap(Customer::id, customer -> customer))
                : Map.of();
        return found.stream()
                .map(one -> CustomerOverrideView.of(
                        new CustomerProfiles.Assigned(one.override(), one.profile()),
                        byId.get(one.customerId()),
                        expanded))
                .toList();
    }
}
