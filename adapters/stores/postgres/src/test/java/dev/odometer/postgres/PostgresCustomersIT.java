package dev.odometer.postgres;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.CustomersContract;
import java.time.Clock;

class PostgresCustomersIT extends CustomersContract {

    @Override
    protected Customers empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).customers();
    }
}
