package dev.odometer.postgres.customer;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps rows of the table of customers. */
public final class StoredCustomer {

    private StoredCustomer() {}

    static List<Customer> byIds(Database database, Collection<String> ids) {
        return database.sql()
                .sql("select * from customer where id = any (:ids)")
                .param("ids", Texts.keys(ids))
                .query((row, n) -> of(row))
                .list();
    }

    public static Map<String, Customer> byId(Database database, Collection<String> ids) {
        return byIds(database, ids).stream().collect(Collectors.toMap(Customer::id, customer -> customer));
    }

    public static Customer of(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        String address = row.getString("billing_address");
        return new Customer(
                row.getString("id"),
                row.getString("key"),
                row.getString("name"),
                row.getString("description"),
                List.of((String[]) row.getArray("subject_keys").getArray()),
                row.getString("currency"),
                row.getString("primary_email"),
                address == null ? null : DataJson.value(address, Address.class),
                row.getString("tax_id"),
                zone == null ? null : ZoneId.of(zone),
                DataJson.texts(row.getString("metadata")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }
}
