package dev.odometer.api.functions.usage;

import dev.odometer.api.functions.usage.UsageAnswerV3.Row;
import dev.odometer.metering.customer.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How version 3 shows usage as a table: times without fractions, values with all their digits. */
final class UsageColumnsV3 {

    private final Question question;
    private final Map<String, Customer> customers;

    private UsageColumnsV3(Question question) {
        this.question = question;
        this.customers = question.customers().stream().collect(Collectors.toMap(Customer::id, Function.identity()));
    }

    static UsageTable<Row> table(Question question, List<Row> rows) {
        var columns = new UsageColumnsV3(question);
        return new UsageTable<>(
                rows, new UsageTable.Columns<>(question.meter().slug(), columns.names(), columns::cells));
    }

    private List<String> names() {
        var names = new ArrayList<>(List.of("from", "to"));
        if (question.bySubject()) {
            names.add("subject");
        }
        if (question.byCustomer()) {
            names.addAll(List.of("customer_id", "customer_key", "customer_name"));
        }
        names.addAll(question.keys());
        names.add("value");
        return names;
    }

    private List<String> cells(Row row) {
        var cells = new ArrayList<>(List.of(UsageColumns.seconds(row.from()), UsageColumns.seconds(row.to())));
        if (question.bySubject()) {
            cells.add(dimension(row, Question.SUBJECT));
        }
        if (question.byCustomer()) {
            String id = dimension(row, Question.CUSTOMER);
            Customer customer = Objects.requireNonNull(customers.get(id));
            cells.addAll(List.of(id, Objects.requireNonNullElse(customer.key(), ""), customer.name()));
        }
        question.keys().forEach(key -> cells.add(dimension(row, key)));
        cells.add(row.value());
        return cells;
    }

    private static String dimension(Row row, String key) {
        return row.dimensions().getOrDefault(key, "");
    }
}
