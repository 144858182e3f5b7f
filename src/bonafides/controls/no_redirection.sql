/*
id: no_redirection
title: No parcel redirected on its way
asks: Let the carrier redirect no equipment on its way.
claim: custody
needs: [shipment.street]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
SELECT company, subject_id, redirect_street IS NULL AND redirect_postal_code IS NULL AS holds FROM shipment
