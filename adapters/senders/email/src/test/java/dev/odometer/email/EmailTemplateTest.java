package dev.odometer.email;

import static dev.odometer.metering.notification.Examples.NOW;
import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Topic;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmailTemplateTest {

    private static final Rule RULE = rule(1, calls("100"), id(2));

    @Test
    void describesTheThreshold() {
        var template = new EmailTemplate(notification(3, RULE, "acme"));

        assertThat(template.subject()).isEqualTo("many calls: Usage of calls of acme crossed 100");
        assertThat(template.text())
                .startsWith("Usage of calls of acme crossed 100.\n")
                .contains("\ndata.value: 100.5\n", "\nid: " + id(3) + "\n");
    }

    @Test
    void describesAnInvoiceWithoutItsLines() {
        Map<String, @Nullable Object> data = Map.of(
                "number",
                "INV-7",
                "customer",
                Map.of("name", "Acme"),
                "status",
                "issued",
                "currency",
                "USD",
                "totals",
                Map.of("total", "55.99"),
                "lines",
                List.of(Map.of("name", "Tokens")));
        Rule rule = rule(1, new RuleCondition.OfInvoices(RuleCondition.OfInvoices.Change.UPDATED), id(2));
        var template = new EmailTemplate(new Notification(
                id(3), rule.condition().type(), rule, new Topic(null, null, null), Map.of("data", data), NOW));

        assertThat(template.subject())
                .isEqualTo("many calls: Invoice INV-7 of Acme is issued, with a total of 55.99 USD");
        assertThat(template.text()).contains("\ndata.totals.total: 55.99\n").doesNotContain("Tokens");
    }

    @Property
    void escapesNamesInTheSubjectAndTheHtml(@ForAll @NotEmpty @StringLength(max = 400) String name) {
        String subject = name + "<script>\r\nBcc: all@example.com";
        var data = Map.<String, @Nullable Object>of("subject", Map.of("key", subject), "more", List.of(name, "&"));
        var topic = new Topic(null, null, subject);
        var template = new EmailTemplate(
                new Notification(id(3), "meters.usage.threshold", RULE, topic, Map.of("data", data), NOW));

        assertThat(template.subject()).doesNotContain("\r", "\n").hasSizeLessThanOrEqualTo(200);
        assertThat(template.html()).contains("&lt;script&gt;").doesNotContain("<script");
    }
}
