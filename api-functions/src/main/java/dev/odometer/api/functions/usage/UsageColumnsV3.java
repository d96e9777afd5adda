package dev.odometer.api.functions.usage;

import dev.odometer.api.functions.usage.UsageResponseV3.Row;
import dev.odometer.metering.customer.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The CSV form of version 3: times without fractions, values with all their digits. */
final class UsageColumnsV3 {

    private final MeterQuery query;
    private final Map<String, Customer> customers;

    private UsageColumnsV3(MeterQuery query) {
        this.query = query;
        this.customers = query.customers().stream().collect(Collectors.toMap(Customer::id, Function.identity()));
    }

    static UsageTable<Row> table(MeterQuery query, List<Row> rows) {
        var columns = new UsageColumnsV3(query);
        return new UsageTable<>(rows, new UsageTable.Columns<>(query.meter().slug(), columns::names, columns::cells));
    }

    private List<String> names() {
        var names = new ArrayList<>(List.of("from", "to"));
        if (query.bySubject()) {
            names.add("subject");
        }
        if (query.byCustomer()) {
            names.addAll(List.of("customer_id", "customer_key", "customer_name"));
        }
        names.addAll(query.keys());
        names.add("value");
        return names;
    }

    private List<String> cells(Row row) {
        var cells = new ArrayList<>(List.of(UsageColumns.seconds(row.from()), UsageColumns.seconds(row.to())));
        if (query.bySubject()) {
            cells.add(dimension(row, MeterQuery.SUBJECT));
        }
        if (query.byCustomer()) {
            String id = dimension(row, MeterQuery.CUSTOMER);
            Customer customer = Objects.requireNonNull(customers.get(id));
            cells.addAll(List.of(id, Objects.requireNonNullElse(customer.key(), ""), customer.name()));
        }
        query.keys().forEach(key -> cells.add(dimension(row, key)));
        cells.add(row.value());
        return cells;
    }

    private static String dimension(Row row, String key) {
        return row.dimensions().getOrDefault(key, "");
    }
}
