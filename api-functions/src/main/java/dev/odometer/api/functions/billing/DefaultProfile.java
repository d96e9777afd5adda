package dev.odometer.api.functions.billing;

import dev.odometer.views.InvoiceView.Collection;
import dev.odometer.views.InvoiceView.Invoicing;
import dev.odometer.views.InvoiceView.Party;
import dev.odometer.views.InvoiceView.Payment;
import dev.odometer.views.InvoiceView.Profile;
import dev.odometer.views.InvoiceView.Tax;
import dev.odometer.views.InvoiceView.Workflow;
import dev.odometer.views.InvoiceView.WorkflowSettings;
import java.util.Map;

/** The billing profile of all customers. It is fixed: simulated invoices show it, and nothing else depends on it. */
final class DefaultProfile {

    static final Profile PROFILE = new Profile(
            new Party("Odometer sandbox"),
            new WorkflowSettings(
                    "00000000000000000000000001",
                    new Workflow(
                            new Collection(Map.of("type", "subscription"), "PT1H"),
                            new Invoicing(true, "P0D", "P30D", true, "bill_actual_period"),
                            new Payment("charge_automatically"),
                            new Tax(false, false))));

    private DefaultProfile() {}
}
