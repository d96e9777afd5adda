package dev.odometer.api.functions.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.resource.Page;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.CustomerView;
import dev.odometer.views.TaxId;
import dev.odometer.views.UsageAttribution;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomersTest {

    private final ApiFixture fixture = new ApiFixture();
    private final CustomerSubjectEntries entries = new CustomerSubjectEntries(fixture.subjects, fixture.ids);
    private final GetCustomer getCustomer =
            new GetCustomer(fixture.customerLookup, fixture.subscriptions, fixture.clock);
    private final DeleteCustomer deleteCustomer =
            new DeleteCustomer(fixture.customers, fixture.entitlements, fixture.subscriptions, fixture.clock);

    private CustomerView create(@Nullable String key, @Nullable String name, @Nullable String... subjects) {
        var attribution = new UsageAttribution(Arrays.asList(subjects));
        return create(new CustomerDraft(key, name, null, attribution, null, null, null, null, null, null));
    }

    private CustomerView create(CustomerDraft draft) {
        return new CreateCustomer(fixture.customers, entries, fixture.ids, fixture.clock).apply(draft);
    }

    private CustomerView update(String idOrKey, @Nullable String key, @Nullable String name) {
        return new UpdateCustomer(fixture.customers, entries, fixture.clock)
                .apply(new UpdateCustomer.Input(idOrKey, key, name, null, null, null, null, null, null, null, null));
    }

    private Page<CustomerView> list(@Nullable Integer page, @Nullable Integer size, @Nullable String name) {
        return new ListCustomers(fixture.customers, fixture.subscriptions, fixture.clock)
                .apply(new ListCustomers.Input(page, size, null, null, null, null, name, null, null, null, null));
    }

    @Test
    void returnsACreatedCustomer() {
        var address = new BillingAddress("DE", "10115", null, "Berlin", "Street 1", null, null);

        CustomerView view = create(new CustomerDraft(
                "acme",
                "Acme",
                "words",
                new UsageAttribution(List.of("a", "b")),
                "EUR",
                "a@b.c",
                address,
                new TaxId("DE123456789"),
                "Europe/Berlin",
                Map.of("k", "v")));

        assertThat(view.usageAttribution().subjectKeys()).containsExactly("a", "b");
        assertThat(view.billingAddress()).isEqualTo(address);
        assertThat(view.taxId()).isEqualTo(new TaxId("DE123456789"));
        assertThat(view.timeZone()).isEqualTo("Europe/Berlin");
        assertThat(view.deletedAt()).isNull();
        assertThat(getCustomer.apply(new GetCustomer.Input("acme", null))).isEqualTo(view);
        assertThat(getCustomer.apply(new GetCustomer.Input(view.id(), null))).isEqualTo(view);
    }

    @Test
    void createsMissingSubjectEntries() {
        fixture.subject("known", "Known");

        create("acme", "Acme", "known", "new");

        assertThat(fixture.subjects.find("new")).isPresent();
        assertThat(fixture.subjects.find("known").orElseThrow().displayName()).isEqualTo("Known");
    }

    @Test
    void refusesInvalidCustomers() {
        var badAddress = new BillingAddress("Germany", null, null, null, null, null, null);

        assertThatThrownBy(() -> create("acme", null)).hasMessage("name is required");
        assertThatThrownBy(() -> create("acme", "")).hasMessage("name must not be empty");
        assertThatThrownBy(() -> create(null, "Acme")).hasMessage("a customer needs a key or at least one subject key");
        assertThatThrownBy(() -> create("acme", "Acme", (String) null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> create("a\0", "Acme")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> create(new CustomerDraft("a", "A", null, null, "eur", null, null, null, null, null)))
                .hasMessage("currency must be three capital letters: eur");
        assertThatThrownBy(
                        () -> create(new CustomerDraft("a", "A", null, null, null, null, badAddress, null, null, null)))
                .hasMessage("billingAddress.country must be two capital letters: Germany");
        assertThatThrownBy(() ->
                        create(new CustomerDraft("a", "A", null, null, null, null, null, new TaxId(null), null, null)))
                .hasMessage("taxId.code is required");
        assertThatThrownBy(() -> create(new CustomerDraft(
                        "a", "A", null, null, null, null, null, new TaxId("1".repeat(33)), null, null)))
                .hasMessageStartingWith("taxId.code must have at most 32 characters");
        assertThatThrownBy(
                        () -> create(new CustomerDraft("a", "A", null, null, null, null, null, null, "+02:00", null)))
                .hasMessage("timeZone is not an IANA time zone: +02:00");
    }

    @Test
    void refusesASubjectOfAnotherLiveCustomer() {
        create("acme", "Acme", "eu");

        assertThatThrownBy(() -> create("other", "Other", "eu"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT));
        assertThatThrownBy(() -> create("eu", "Other")).isInstanceOf(Refusal.class);
        assertThat(fixture.subjects.find("other")).isEmpty();
    }

    @Test
    void anUpdateReplacesAllFields() {
        String id = create("acme", "Acme", "eu").id();

        CustomerView view = update("acme", "acme2", "Acme 2");

        assertThat(view.id()).isEqualTo(id);
        assertThat(view.usageAttribution().subjectKeys()).isEmpty();
        assertThat(create("other", "Other", "eu").key()).isEqualTo("other");
    }

    @Test
    void aDeletedCustomerIsFoundByIdOnlyAndFreesItsKeys() {
        String id = create("acme", "Acme", "eu").id();
        deleteCustomer.accept(new DeleteCustomer.Input("acme"));

        assertThat(getCustomer.apply(new GetCustomer.Input(id, null)).deletedAt())
                .isEqualTo(ApiFixture.NOW);
        assertThatThrownBy(() -> getCustomer.apply(new GetCustomer.Input("acme", null)))
                .hasMessage("customer not found: acme");
        assertThatThrownBy(() -> deleteCustomer.accept(new DeleteCustomer.Input(id)))
                .hasMessage("customer is deleted: " + id)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.PRECONDITION_FAILED));
        assertThatThrownBy(() -> update(id, "acme", "Acme")).hasMessage("customer is deleted: " + id);
        assertThat(create("acme", "Acme", "eu").id()).isNotEqualTo(id);
    }

    @Test
    void listsPagesByName() {
        create("c", "Carl");
        create("a", "Anna");
        create("b", "Bert");

        Page<CustomerView> second = list(2, 2, null);

        assertThat(second.totalCount()).isEqualTo(3);
        assertThat(second.page()).isEqualTo(2);
        assertThat(second.pageSize()).isEqualTo(2);
        assertThat(second.items()).extracting(CustomerView::name).containsExactly("Carl");
        assertThat(list(null, null, "NN").items())
                .extracting(CustomerView::name)
                .containsExactly("Anna");
    }

    @Test
    void refusesPagesOutOfRange() {
        assertThatThrownBy(() -> list(0, null, null)).hasMessage("page must be 1 to 2147483647: 0");
        assertThatThrownBy(() -> list(null, 0, null)).hasMessage("pageSize must be 1 to 1000: 0");
        assertThatThrownBy(() -> list(null, 1001, null)).hasMessage("pageSize must be 1 to 1000: 1001");
        assertThat(list(Integer.MAX_VALUE, 1000, null).items()).isEmpty();
    }
}
