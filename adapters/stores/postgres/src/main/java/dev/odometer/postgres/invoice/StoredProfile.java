package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.invoice.StoredTerms.StoredSupplier;
import dev.odometer.postgres.invoice.StoredTerms.StoredTaxRate;
import dev.odometer.postgres.invoice.StoredTerms.StoredWorkflow;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of billing profiles. */
final class StoredProfile {

    static final String PUT = """
            insert into billing_profile (id, name, description, metadata, is_default, supplier, workflow, tax, created_at,
                updated_at, deleted_at)
            values (:id, :name, :description, :metadata, :isDefault, :supplier, :workflow, :tax, :createdAt,
                :updatedAt, :deletedAt)
            on conflict (id) do update set name = excluded.name, description = excluded.description,
                metadata = excluded.metadata, is_default = excluded.is_default, supplier = excluded.supplier,
                workflow = excluded.workflow, tax = excluded.tax, updated_at = excluded.updated_at,
                deleted_at = excluded.deleted_at
            """;

    private StoredProfile() {}

    static Map<String, @Nullable Object> columns(BillingProfile profile) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", profile.id());
        columns.put("name", profile.name());
        columns.put("description", profile.description());
        columns.put("metadata", DataJson.write(profile.metadata()));
        columns.put("isDefault", profile.isDefault());
        columns.put("supplier", DataJson.write(StoredSupplier.of(profile.supplier())));
        columns.put("workflow", DataJson.write(StoredWorkflow.of(profile.workflow())));
        columns.put("tax", write(profile.tax()));
        columns.put("createdAt", Micros.of(profile.createdAt()));
        columns.put("updatedAt", Micros.of(profile.updatedAt()));
        columns.put("deletedAt", Micros.ofNullable(profile.deletedAt()));
        return columns;
    }

    static BillingProfile of(ResultSet row) throws SQLException {
        return new BillingProfile(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                DataJson.texts(row.getString("metadata")),
                row.getBoolean("is_default"),
                DataJson.value(row.getString("supplier"), StoredSupplier.class).toSupplier(),
                DataJson.value(row.getString("workflow"), StoredWorkflow.class).toWorkflow(),
                tax(row.getString("tax")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }

    static String write(TaxRate tax) {
        return DataJson.write(StoredTaxRate.of(tax));
    }

    static TaxRate tax(String json) {
        return DataJson.value(json, StoredTaxRate.class).toRate();
    }
}
