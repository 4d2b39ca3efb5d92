-- The joint meetings: rolls of voting assemblies.
CREATE TABLE electorate (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                         assembly TEXT NOT NULL, PRIMARY KEY (unit, id));
