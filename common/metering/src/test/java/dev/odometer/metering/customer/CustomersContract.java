package dev.odometer.metering.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.CustomerSearch.Order;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextFilter.Op;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Customers}; one subclass per store. */
public abstract class CustomersContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final CustomerSearch ALL =
            new CustomerSearch(null, null, null, null, false, Order.NAME, false, new PageRequest(1, 10));

    private Customers customers = empty();

    protected abstract Customers empty();

    @BeforeEach
    void startEmpty() {
        customers = empty();
    }

    static Customer customer(String id, @Nullable String key, String... subjects) {
        return new Customer(
                id,
                key,
                "Customer " + key,
                "Pays",
                List.of(subjects),
                "EUR",
                key + "@example.org",
                new Address("DE", "10115", null, "Berlin", "Street 1", null, null),
                "DE123456789",
                ZoneId.of("Europe/Berlin"),
                Map.of("tier", "gold"),
                Lifecycle.created(NOW));
    }

    @Test
    void findsACustomerByIdOrKey() {
        customers.add(customer("1", "acme", "a", "b"));

        assertThat(customers.find("1")).contains(customer("1", "acme", "a", "b"));
        assertThat(customers.find("acme")).contains(customer("1", "acme", "a", "b"));
        assertThat(customers.find("a")).isEmpty();
    }

    @Test
    void mapsKeyAndSubjectKeysToTheCustomer() {
        customers.add(customer("1", "acme", "a"));
        customers.add(customer("2", "globex"));

        assertThat(customers.idsBySubject(List.of("acme", "a", "globex", "1", "unknown", "\0")))
                .isEqualTo(Map.of("acme", "1", "a", "1", "globex", "2"));
    }

    @Test
    void attributesSubjectsToLiveCustomers() {
        customers.add(customer("2", "globex"));
        customers.add(customer("1", "acme", "a", "acme", "b"));
        customers.add(customer("3", null, "c"));
        customers.add(customer("4", "gone", "d"));
        customers.replace(customer("4", "gone", "d").deleted(NOW));

        assertThat(customers.attributions(5))
                .containsExactly(
                        new Attribution("1", "acme", "Customer acme", Set.of("acme", "a", "b")),
                        new Attribution("2", "globex", "Customer globex", Set.of("globex")),
                        new Attribution("3", null, "Customer null", Set.of("c")));
    }

    @Test
    void refusesMoreSubjectsThanTheMaximum() {
        customers.add(customer("1", "acme", "a", "b"));

        assertThatThrownBy(() -> customers.attributions(2))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 2 subjects");
    }

    @Test
    void returnsExistingCustomersByIdOnly() {
        customers.add(customer("1", "acme"));
        customers.add(customer("2", "globex"));
        customers.replace(customer("2", "globex").deleted(NOW));

        assertThat(customers.findByIds(List.of("1", "2", "2", "acme", "unknown", "\0")))
                .containsExactlyInAnyOrder(
                        customer("1", "acme"), customer("2", "globex").deleted(NOW));
        assertThat(customers.findByIds(List.of())).isEmpty();
    }

    @Test
    void refusesASubjectOfAnotherCustomer() {
        customers.add(customer("1", "acme", "a"));

        refuses(customer("2", "globex", "a"));
        refuses(customer("2", "a"));
        refuses(customer("2", "globex", "acme"));
        refuses(customer("2", "1"));
        assertThat(customers.find("2")).isEmpty();
    }

    private void refuses(Customer customer) {
        assertThatThrownBy(() -> customers.add(customer)).isInstanceOf(Refusal.class);
    }

    @Test
    void keepsTheOldSubjectsWhenAReplacementIsRefused() {
        customers.add(customer("1", "acme", "a"));
        customers.add(customer("2", "globex", "b"));

        assertThatThrownBy(() -> customers.replace(customer("2", "globex", "a")))
                .isInstanceOf(Refusal.class);

        assertThat(customers.idsBySubject(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void releasesTheKeysOfADeletedCustomer() {
        customers.add(customer("1", "acme", "a"));
        customers.replace(customer("1", "acme", "a").deleted(NOW));

        customers.add(customer("2", "acme", "a"));

        assertThat(customers.find("acme")).contains(customer("2", "acme", "a"));
        assertThat(customers.find("1").orElseThrow().isDeleted()).isTrue();
        assertThat(customers.list(ALL).items()).hasSize(1);
    }

    @Test
    void refusesToReplaceADeletedCustomer() {
        customers.add(customer("1", "acme"));
        customers.replace(customer("1", "acme").deleted(NOW));

        assertThatThrownBy(() -> customers.replace(customer("1", "acme"))).isInstanceOf(Refusal.class);

        assertThat(customers.find("acme")).isEmpty();
    }

    @Test
    void listsPagesInOrder() {
        List.of("c", "a", "b").forEach(key -> customers.add(customer(key + "-id", key)));

        var page = customers.list(
                new CustomerSearch(null, null, null, null, false, Order.NAME, true, new PageRequest(2, 2)));

        assertThat(page.totalCount()).isEqualTo(3);
        assertThat(page.items()).extracting(Customer::key).containsExactly("a");
    }

    @Test
    void matchesSubstringsIgnoringCase() {
        customers.add(customer("1", "ac_me", "subject-x"));
        customers.add(customer("2", "acme"));

        assertThat(found(new CustomerSearch(
                        like("C_M"), null, null, null, false, Order.ID, false, new PageRequest(1, 9))))
                .containsExactly("1");
        assertThat(found(new CustomerSearch(
                        null, like("CUSTOMER A"), null, null, false, Order.ID, false, new PageRequest(1, 9))))
                .containsExactly("1", "2");
        assertThat(found(new CustomerSearch(
                        null, null, like("ACME@"), null, false, Order.ID, false, new PageRequest(1, 9))))
                .containsExactly("2");
        assertThat(found(new CustomerSearch(
                        null, null, null, like("T-X"), false, Order.ID, false, new PageRequest(1, 9))))
                .containsExactly("1");
        assertThat(found(
                        new CustomerSearch(like("%"), null, null, null, false, Order.ID, false, new PageRequest(1, 9))))
                .isEmpty();
    }

    @Test
    void matchesFilters() {
        customers.add(customer("1", "acme", "subject-x", "subject-y"));
        customers.add(customer("2", null, "subject-z"));

        assertThat(found(search(TextFilter.of(Op.EQ, "acme"), null))).containsExactly("1");
        assertThat(found(search(TextFilter.of(Op.NE, "acme"), null))).containsExactly("2");
        assertThat(found(search(TextFilter.of(Op.EQ, ""), null))).containsExactly("2");
        assertThat(found(search(null, TextFilter.in(List.of("subject-y", "none")))))
                .containsExactly("1");
        assertThat(found(search(null, TextFilter.of(Op.EQ, "acme")))).containsExactly("1");
        assertThat(found(search(TextFilter.of(Op.GT, "a"), TextFilter.of(Op.EQ, "subject-z"))))
                .isEmpty();
        assertThat(found(search(TextFilter.of(Op.EQ, "\0"), null))).isEmpty();
    }

    private static CustomerSearch search(@Nullable TextFilter key, @Nullable TextFilter subject) {
        return new CustomerSearch(key, null, null, subject, false, Order.ID, false, new PageRequest(1, 9));
    }

    private static TextFilter like(String part) {
        return TextFilter.containingIgnoringCase(part);
    }

    private List<String> found(CustomerSearch search) {
        return customers.list(search).items().stream().map(Customer::id).toList();
    }
}
